package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.Fourier.What;
import dev.loupe.backend.Backend;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FourierTest {
    private static final List<What> ALL = List.of(What.values());

    private static double number(WrittenToy toy, Fourier.Operation operation, What what) {
        return new Fourier(ALL, operation, null, null).compute(toy).data()[ALL.indexOf(what)];
    }

    @Test
    void theAnalyticNetworkHasOneFrequencyANeuronAndThePhasesOfAddition() {
        try (NDManager manager = Backend.cpu()) {
            for (int modulus : new int[] {7, 31, 59}) {
                WrittenToy toy = WrittenToy.of(new FourierMlp(modulus), manager);
                assertThat(number(toy, Fourier.Operation.ADD, What.PURE)).isEqualTo(1, within(1e-9));
                assertThat(number(toy, Fourier.Operation.ADD, What.PURE_SHARE)).isEqualTo(1);
                assertThat(number(toy, Fourier.Operation.ADD, What.SAME_FREQUENCY))
                        .isEqualTo(1);
                assertThat(number(toy, Fourier.Operation.ADD, What.PHASE)).isEqualTo(1, within(1e-9));
                assertThat(number(toy, Fourier.Operation.SUBTRACT, What.PHASE)).isEqualTo(0, within(1e-6));
                assertThat(number(toy, Fourier.Operation.ADD, What.TOP_POWER))
                        .isEqualTo(2.0 / (modulus - 1), within(1e-6));
            }
        }
    }

    /** Random weights have no pure neuron; each frequency holds about 2 / (p - 1) of the power. */
    @Test
    void randomWeightsAreNotPure() {
        Random random = new Random(5);
        int hidden = 200;
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(
                    new PairEmbeddingMlpConfig(31, hidden, 0, ToyActivation.RELU, false),
                    1,
                    Map.of(
                            "A",
                            normal(random, 31 * hidden),
                            "B",
                            normal(random, 31 * hidden),
                            "U",
                            normal(random, 31 * hidden)),
                    manager);
            assertThat(number(toy, Fourier.Operation.ADD, What.PURE_SHARE)).isEqualTo(0);
            assertThat(number(toy, Fourier.Operation.ADD, What.PURE)).isLessThan(.3);
            assertThat(number(toy, Fourier.Operation.ADD, What.PHASE)).isNaN();
        }
    }

    private static float[] normal(Random random, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    /** Coefficients by hand: 3 cos(2 pi 2 x / 7) is 3 sqrt(7/2) along the cosine of frequency 2; Parseval keeps the power. */
    @Test
    void theBasisIsOrthonormal() {
        RealFourier basis = new RealFourier(7);
        double[][] table = new double[7][1];
        double square = 0;
        for (int x = 0; x < 7; x++) {
            table[x][0] = 3 * Math.cos(2 * Math.PI * 2 * x / 7) + Math.sin(2 * Math.PI * 3 * x / 7) + 5;
            square += table[x][0] * table[x][0];
        }
        double[][] found = basis.coefficients(table, 0);
        assertThat(found[1][0]).isEqualTo(3 * Math.sqrt(3.5), within(1e-12));
        assertThat(found[2][1]).isEqualTo(Math.sqrt(3.5), within(1e-12));
        assertThat(found[0][0]).isEqualTo(0, within(1e-12));
        double power = 25 * 7;
        for (double[] coefficient : found) {
            power += RealFourier.power(coefficient);
        }
        assertThat(power).isEqualTo(square, within(1e-9));
        double[][] left = basis.without(table, new boolean[] {false, true, false});
        assertThat(left[3][0]).isEqualTo(Math.sin(2 * Math.PI * 9 / 7) + 5, within(1e-12));
        double[][] other = basis.without(table, new boolean[] {false, false, true});
        assertThat(other[1][0]).isEqualTo(3 * Math.cos(2 * Math.PI * 2 / 7) + 5, within(1e-12));
        assertThat(new RealFourier(3).frequencies()).isEqualTo(1);
    }

    @Test
    void anEvenModulusIsRefused() {
        assertThatThrownBy(() -> new RealFourier(8)).hasMessageContaining("odd modulus");
    }

    @Test
    void everyPartSaysWhatItIs() {
        assertThat(new Fourier(ALL, Fourier.Operation.ADD, null, null).formula("pure-share"))
                .startsWith("Share of neurons in which that is at least 0.85.")
                .contains("Fourier basis");
    }

    private static double[][] waves(double[][] terms) {
        double[][] out = new double[7][terms.length];
        for (int n = 0; n < terms.length; n++) {
            for (int x = 0; x < 7; x++) {
                for (int t = 0; t < terms[n].length; t += 3) {
                    out[x][n] += terms[n][t] * Math.cos(2 * Math.PI * terms[n][t + 1] * x / 7 + terms[n][t + 2]);
                }
            }
        }
        return out;
    }

    /**
     * Terms are amplitude, frequency and phase. Network 0 has angles .3 + .5 - .1 = .7 and 1 + .2 - .4 = .8 where numbers are
     * added, -.3 and .4 where they are subtracted: R is the cosine of half their difference. Powers of A are 1, 1.01 and 1, of
     * which frequency 3 has .01: less than a hundredth of all. Network 1 has a neuron whose B is strongest at frequency 3, with
     * 1 of 1.81, and in A the powers 1, .81 and .04 of 1.85 at frequencies 1, 2 and 3. A neuron whose U is constant answers
     * nothing.
     */
    @Test
    void sumsOfWavesGiveTheirOwnNumbers() {
        double[] constant = {2, 0, 0};
        double[][][] a = {
            waves(new double[][] {{1, 1, .3}, {1, 2, 1, .1, 3, 2}, {1, 1, 0}}),
            waves(new double[][] {{1, 1, .3, 5, 0, 0}, {.9, 2, 1, .2, 3, .5}})
        };
        double[][][] b = {
            waves(new double[][] {{1, 1, .5}, {1, 2, .2}, {1, 1, 0}}),
            waves(new double[][] {{1, 1, .5}, {.9, 2, 1, 1, 3, .5}})
        };
        double[][][] u = {
            waves(new double[][] {{1, 1, .1}, {1, 2, .4}, constant}), waves(new double[][] {{1, 1, .1}, {1, 2, .4}})
        };
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = new PairMlps(a, b, u).toy(manager);
            Fourier add = new Fourier(ALL, Fourier.Operation.ADD, null, null);
            NamedArray found = add.compute(toy);
            assertThat(found.axes()).isEqualTo(add.axes(toy.shape()));
            assertThat(found.axis("quantity").labels())
                    .containsExactly("pure", "pure-share", "same-frequency", "phase", "frequencies", "top-power");
            assertThat(found.axes().get(1).name()).isEqualTo("copy");
            double[] wanted = {
                (1 + 1 / 1.01) / 2, (1 + 1 / 1.81) / 2, 1, .5, 1, .5, Math.cos(.05), 1, 2, 3, 2 / 3.01, 1 / 1.85
            };
            for (int i = 0; i < wanted.length; i++) {
                assertThat(found.data()[i]).as("%d", i).isEqualTo(wanted[i], within(1e-6));
            }
            assertThat(new Fourier(List.of(What.PHASE), Fourier.Operation.SUBTRACT, null, null)
                            .compute(toy)
                            .data()[0])
                    .isEqualTo(Math.cos(.35), within(1e-6));
            // Each of 2 x 63 numbers is multiplied with the cosine and the sine of each number.
            assertThat(add.flops(toy.shape())).isEqualTo(2 * 126 * 7);
            assertThat(add.parts()).isEqualTo("quantity");
        }
    }

    @Test
    void withoutNeuronsThatAnswerNothingIsKnown() {
        double[][] flat = new double[7][2];
        for (double[] row : flat) {
            row[0] = 3;
            row[1] = -1;
        }
        PairTables tables = new PairTables(flat, flat, flat);
        assertThat(new Fourier(
                                List.of(What.PURE, What.PURE_SHARE, What.SAME_FREQUENCY, What.PHASE),
                                Fourier.Operation.ADD,
                                null,
                                null)
                        .numbers(tables))
                .containsOnly(Double.NaN);
    }

    @Test
    void onlyNeuronsOfATransformerReadRows() {
        assertThat(new Fourier(ALL, Fourier.Operation.ADD, null, null).readsRows())
                .isFalse();
        assertThat(new Fourier(ALL, Fourier.Operation.ADD, null, PairPlaces.USUAL).readsRows())
                .isTrue();
        assertThatThrownBy(() -> new Fourier(List.of(), Fourier.Operation.ADD, null, null))
                .hasMessageContaining("at least one quantity");
    }

    @Test
    void whatANetworkHasNotIsRefused(@TempDir Path folder) {
        String refusal = Specs.refusal(folder, """
                loupe: 1
                model:
                  sums: {plant: fourier-mlp, modulus: 7}
                  logic: {plant: pair-logic, inputs: 3}
                dataset: {pairs: {generator: modular-pairs, modulus: 7}}
                measure:
                  other: {fourier: pure, model: logic}
                  layer: {fourier: pure, model: sums, layer: 0}
                  placed: {fourier: pure, model: sums, dataset: pairs, pairs: {}}
                """);
        assertThat(refusal)
                .contains("pair-logic, inputs 3 is neither a pair-mlp nor a transformer")
                .contains("`layer` is for transformers; planted fourier-mlp, modulus 7 is a pair-mlp")
                .contains("`pairs` is for transformers; planted fourier-mlp, modulus 7 is a pair-mlp");
    }
}
