package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.toy.FourierMlp;
import org.junit.jupiter.api.Test;

/** The network by hand has as many neurons, all alike but for their phases, at each of the five frequencies of 11. */
class FourierSpectrumTest {
    private static FourierSpectrum of(FourierSpectrum.Of what) {
        return new FourierSpectrum(what, null, null);
    }

    @Test
    void everyFrequencyOfTheNetworkByHandHasTheSamePower() {
        try (NDManager manager = Backend.cpu()) {
            double[] embedding = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.EMBEDDING))
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            double[] neurons = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.NEURONS))
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            ModularPairs pairs =
                    new ModularPairs(11, ModularPairs.Operation.ADD, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
            double[] logits = new FourierLogits.Work(of(FourierSpectrum.Of.LOGITS), pairs)
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            assertThat(embedding).hasSize(5);
            assertThat(neurons).hasSize(15);
            assertThat(logits).hasSize(5);
            for (double[] shares : new double[][] {embedding, neurons, logits}) {
                for (double share : shares) {
                    assertThat(share).isEqualTo(.2, within(1e-6));
                }
            }
        }
    }
}
