package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.FourierLogits.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /**
     * Two random networks, all pairs measured on those that are trained: logits centred over c, their mean at each offset, and
     * of that curve one wave at a time, which a sum of squares weighs.
     */
    @Test
    void everyNumberIsThatOfItsOwnNetworkAndOfTheRowsThatAreAsked() {
        PairMlps two = PairMlps.random(5);
        for (ModularPairs.Operation operation : List.of(ModularPairs.Operation.ADD, ModularPairs.Operation.SUBTRACT)) {
            int sign = operation == ModularPairs.Operation.ADD ? 1 : -1;
            ModularPairs pairs = new ModularPairs(5, operation, HeldOut.TRAIN, .4, ModularPairs.Pairs.ORDERED);
            for (int key : new int[] {0, 1}) {
                FourierLogits.Work work =
                        new FourierLogits.Work(new FourierLogits(List.of(What.values()), key, null), pairs);
                try (NDManager manager = Backend.cpu()) {
                    NamedArray found = work.compute(two.toy(manager));
                    assertThat(found.axis("quantity").labels()).containsExactly("explained", "restricted", "excluded");
                    for (int i = 0; i < 2; i++) {
                        double[] wanted = byHand(two.logits(i), sign, key, pairs.chosen());
                        for (int q = 0; q < 3; q++) {
                            assertThat(found.data()[2 * q + i]).isEqualTo(wanted[q], within(1e-5));
                        }
                    }
                    assertThat(work.flops(two.toy(manager).shape())).isEqualTo(2 * 90 * 25);
                }
            }
        }
    }

    private static double[] byHand(double[][][] logits, int sign, int key, int[][] rows) {
        double[] curve = new double[5];
        double variance = 0;
        for (int x = 0; x < 5; x++) {
            for (int y = 0; y < 5; y++) {
                double mean = Arrays.stream(logits[x][y]).average().orElseThrow();
                for (int c = 0; c < 5; c++) {
                    logits[x][y][c] -= mean;
                    variance += logits[x][y][c] * logits[x][y][c];
                    curve[Math.floorMod(x + sign * y - c, 5)] += logits[x][y][c] / 25;
                }
            }
        }
        double first = PairMlps.power(curve, 1);
        double second = PairMlps.power(curve, 2);
        double[] kept = new double[5];
        for (int k = 1; k <= 2; k++) {
            double[] wave = PairMlps.wave(curve, k);
            for (int d = 0; d < 5; d++) {
                kept[d] += key == 0 || (k == 1) == (first > second) ? wave[d] : 0;
            }
        }
        double[][][] inside = new double[5][5][5];
        double[][][] outside = new double[5][5][5];
        for (int x = 0; x < 5; x++) {
            for (int y = 0; y < 5; y++) {
                for (int c = 0; c < 5; c++) {
                    inside[x][y][c] = kept[Math.floorMod(x + sign * y - c, 5)];
                    outside[x][y][c] = logits[x][y][c] - inside[x][y][c];
                }
            }
        }
        double explained = (key == 0 ? first + second : Math.max(first, second)) * 25 / variance;
        return new double[] {explained, PairMlps.loss(inside, rows, sign), PairMlps.loss(outside, rows, sign)};
    }

    @Test
    void whatANetworkHasNotIsRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model:
                  sums: {plant: fourier-mlp, modulus: 7}
                  logic: {plant: pair-logic, inputs: 3}
                dataset:
                  pairs: {generator: modular-pairs, modulus: 7}
                  squares: {generator: modular-pairs, modulus: 7, operation: quadratic-form}
                measure:
                  other: {fourier-logits: explained, model: logic, dataset: pairs}
                  placed: {fourier-logits: explained, model: sums, dataset: pairs, pairs: {}}
                  square: {fourier-logits: explained, model: sums, dataset: squares}
                """))
                .contains("pair-logic, inputs 3 is neither a pair-mlp nor a transformer")
                .contains("`pairs` is for transformers; planted fourier-mlp, modulus 7 is a pair-mlp")
                .contains("`modular-pairs` that are added or subtracted");
        assertThatThrownBy(() -> new FourierLogits(List.of(), 0, null)).hasMessageContaining("needs a quantity");
        assertThatThrownBy(() -> new FourierLogits(List.of(What.EXPLAINED), -1, null))
                .hasMessageContaining("must not be negative");
        assertThat(new FourierLogits(List.of(What.EXPLAINED), 0, null).parts()).isEqualTo("quantity");
    }
}
