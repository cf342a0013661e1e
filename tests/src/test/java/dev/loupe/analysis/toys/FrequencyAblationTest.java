package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.toy.FourierMlp;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrequencyAblationTest {
    /**
     * The analytic logits are 9/2 times the sum over k of cos(2 pi k d / 11) at offset d = a + b - c: of five cosines, which is 5
     * at d = 0 and -1/2 elsewhere. Without one of them that is 4 and -1/2 - cos(2 pi k d / 11).
     */
    @Test
    void theLossRisesByWhatTheFormulaSays() {
        ModularPairs pairs =
                new ModularPairs(11, ModularPairs.Operation.ADD, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
        try (NDManager manager = Backend.cpu()) {
            double[] rise = new FrequencyAblation.Work(
                            new FrequencyAblation(List.of(FrequencyAblation.Table.A, FrequencyAblation.Table.B)), pairs)
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            assertThat(rise).hasSize(5);
            for (int k = 1; k <= 5; k++) {
                double others = 0;
                for (int d = 1; d < 11; d++) {
                    others += Math.exp(4.5 * (-.5 - Math.cos(2 * Math.PI * k * d / 11)) - 18);
                }
                double before = Math.log(1 + 10 * Math.exp(-24.75));
                assertThat(rise[k - 1]).isEqualTo(Math.log(1 + others) - before, within(1e-5));
            }
        }
    }
}
