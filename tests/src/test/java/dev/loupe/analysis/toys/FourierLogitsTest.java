package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.FourierLogits.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.toy.FourierMlp;
import java.util.List;
import org.junit.jupiter.api.Test;

class FourierLogitsTest {
    private static double[] of(ModularPairs.Operation operation, int key) {
        ModularPairs pairs = new ModularPairs(11, operation, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
        try (NDManager manager = Backend.cpu()) {
            return new FourierLogits.Work(new FourierLogits(List.of(What.values()), key, null), pairs)
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
        }
    }

    /**
     * The analytic logits are 9/2 sum over k of cos(2 pi k (a + b - c) / 11): 22.5 at the result, -2.25 elsewhere, all of it in
     * the offset. Without them nothing is left and the loss is log 11.
     */
    @Test
    void theAnalyticLogitsAreWavesOfTheOffset() {
        double[] found = of(ModularPairs.Operation.ADD, 0);
        assertThat(found[0]).isEqualTo(1, within(1e-6));
        assertThat(found[1]).isEqualTo(Math.log(1 + 10 * Math.exp(-24.75)), within(1e-6));
        assertThat(found[2]).isEqualTo(Math.log(11), within(1e-4));
    }

    /** Every frequency explains a fifth; two of five are chosen by rank, and ties take them all. */
    @Test
    void keyFrequenciesAreThoseThatExplainMost() {
        assertThat(of(ModularPairs.Operation.ADD, 5)[0]).isEqualTo(1, within(1e-6));
        assertThat(of(ModularPairs.Operation.ADD, 1)[0]).isBetween(.19, 1.0);
    }

    /** Addition has no wave in a - b - c but what both offsets share. */
    @Test
    void anotherOperationsOffsetExplainsNothing() {
        assertThat(of(ModularPairs.Operation.SUBTRACT, 0)[0]).isEqualTo(0, within(1e-6));
    }
}
