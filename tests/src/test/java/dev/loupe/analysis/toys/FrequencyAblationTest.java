package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Two random networks of unequal widths: the rise of the loss worked out from tables without the frequency. */
    @Test
    void eachTableOfEachNetworkLosesItsOwnFrequency() {
        ModularPairs pairs =
                new ModularPairs(5, ModularPairs.Operation.SUBTRACT, HeldOut.TRAIN, .4, ModularPairs.Pairs.ORDERED);
        PairMlps two = PairMlps.random(3);
        try (NDManager manager = Backend.cpu()) {
            for (List<FrequencyAblation.Table> tables : List.of(
                    List.of(FrequencyAblation.Table.A),
                    List.of(FrequencyAblation.Table.B),
                    List.of(FrequencyAblation.Table.values()))) {
                double[][][] a = two.a().clone();
                double[][][] b = two.b().clone();
                FrequencyAblation.Work work = new FrequencyAblation.Work(new FrequencyAblation(tables), pairs);
                NamedArray rise = work.compute(two.toy(manager));
                assertThat(rise.axes().stream().map(Axis::name)).containsExactly("copy", "frequency");
                for (int i = 0; i < 2; i++) {
                    double whole = PairMlps.loss(two.logits(i), pairs.chosen(), -1);
                    for (int k = 1; k <= 2; k++) {
                        a[i] = tables.contains(FrequencyAblation.Table.A) ? PairMlps.without(two.a()[i], k) : a[i];
                        b[i] = tables.contains(FrequencyAblation.Table.B) ? PairMlps.without(two.b()[i], k) : b[i];
                        double left = PairMlps.loss(new PairMlps(a, b, two.u()).logits(i), pairs.chosen(), -1);
                        assertThat(Math.abs(left - whole)).isGreaterThan(1e-3);
                        assertThat(rise.data()[2 * i + k - 1]).isEqualTo(left - whole, within(1e-5));
                    }
                }
                // 2 networks of 3 x 5 x 3 numbers, as often as there are pairs and frequencies with their constant.
                assertThat(work.flops(two.toy(manager).shape())).isEqualTo(90L * pairs.enumerated() * 5);
            }
        }
    }

    @Test
    void otherNetworksAreRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {plant: pair-logic, inputs: 3}
                dataset: {generator: feature-pairs, features: 3}
                measure: {other: {frequency-ablation: A}}
                """)).contains("pair-logic, inputs 3 is neither a pair-mlp nor a transformer");
        assertThatThrownBy(() -> new FrequencyAblation(List.of())).hasMessageContaining("at least one embedding");
    }
}
