package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.ToyComputation.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeaturePairs;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ComputeMlpConfig;
import dev.loupe.model.toy.PairLogic;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyOutput;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyComputationTest {
    private static final List<What> ALL = List.of(What.values());

    private static NamedArray measured(WrittenToy toy, int inputs, FeaturePairs.Function function) {
        FeaturePairs data = new FeaturePairs(inputs, function, List.of(0.5), 1024, null);
        return new ToyComputation.Work(new ToyComputation(ALL, 2000, 5), data).compute(toy);
    }

    private static double number(NamedArray found, What what) {
        return found.data()[ALL.indexOf(what)];
    }

    /** One neuron for each pair, by hand: no error at all, and every neuron answers its own pair alone. */
    @Test
    void onePairANeuronIsExactAndMonosemantic() {
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = measured(WrittenToy.of(new PairLogic(6), manager), 6, FeaturePairs.Function.AND);
            assertThat(number(found, What.LOSS)).isEqualTo(0);
            assertThat(number(found, What.RELATIVE_LOSS)).isEqualTo(0);
            assertThat(number(found, What.RECALL)).isEqualTo(1);
            assertThat(number(found, What.ACCURACY)).isEqualTo(1);
            assertThat(number(found, What.MONOSEMANTICITY)).isEqualTo(1, within(1e-6));
            assertThat(number(found, What.SILENT_NEURONS)).isEqualTo(0);
            assertThat(number(found, What.OUTPUTS_PER_NEURON)).isEqualTo(1);
            assertThat(number(found, What.NEURONS_PER_OUTPUT)).isEqualTo(1);
        }
    }

    /**
     * Three inputs, one neuron max(x_0 + x_1 + x_2 - 1, 0), written with weight 1 to output (0,1) and .1 to the others: it is 0,
     * 0, 1, 2 for 0, 1, 2, 3 ones, so each of the three pairs has the response |1/4|: one third of the sum. An output neuron of a
     * linear network, x_0 + x_1, answers no pair.
     */
    @Test
    void aNeuronForThreePairsHasOneThird() {
        ComputeMlpConfig config = new ComputeMlpConfig(3, 2, 3, ToyActivation.RELU, ToyOutput.NONE);
        Map<String, float[]> weights = Map.of(
                "W_in", new float[] {1, 1, 1, 1, 1, 0},
                "b_in", new float[] {-1, 0},
                "W_out", new float[] {1, .1f, .1f, 0, 0, 0},
                "b_out", new float[3]);
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(config, 1, weights, manager);
            NamedArray found = measured(toy, 3, FeaturePairs.Function.AND);
            assertThat(number(found, What.MONOSEMANTICITY)).isEqualTo(1 / 3.0, within(1e-6));
            assertThat(number(found, What.SILENT_NEURONS)).isEqualTo(1);
            assertThat(number(found, What.OUTPUTS_PER_NEURON)).isEqualTo(.5);
        }
    }

    /** A network that answers zero finds nothing, has the loss of the zero network and is right wherever the answer is no. */
    @Test
    void aSilentNetworkHasTheLossOfZero() {
        ComputeMlpConfig config = new ComputeMlpConfig(2, 1, 1, ToyActivation.RELU, ToyOutput.NONE);
        Map<String, float[]> zeros =
                Map.of("W_in", new float[2], "b_in", new float[1], "W_out", new float[1], "b_out", new float[1]);
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = measured(WrittenToy.copies(config, 1, zeros, manager), 2, FeaturePairs.Function.OR);
            assertThat(number(found, What.RELATIVE_LOSS)).isEqualTo(1, within(.05));
            assertThat(number(found, What.RECALL)).isEqualTo(0);
            assertThat(number(found, What.ACCURACY)).isEqualTo(.25, within(.05));
            assertThat(number(found, What.MONOSEMANTICITY)).isNaN();
        }
    }

    private static WrittenToy random(NDManager manager, float[] in, float[] bias, float[] out) {
        List<ComputeMlpConfig> each = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            each.add(new ComputeMlpConfig(3, i < 4 ? 3 : 2, 3, ToyActivation.RELU, ToyOutput.NONE));
        }
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("hidden", List.of("3", "2"));
        axes.put("sparsity", List.of("0.5", "0.2"));
        axes.put("copy", List.of("0", "1"));
        return new WrittenToy(
                new ToyGrid(each.get(0), List.copyOf(each), List.of(), axes),
                Map.of("W_in", in, "b_in", bias, "W_out", out, "b_out", new float[24]),
                manager);
    }

    /** Eight random networks of three inputs, neurons and outputs (the last four of two neurons), in plain Java. */
    @Test
    void everyPointHasTheNumbersOfItsBestNetwork() {
        Random random = new Random(3);
        float[] in = new float[72];
        float[] bias = new float[24];
        float[] out = new float[72];
        for (int i = 0; i < 8; i++) {
            for (int n = 0; n < (i < 4 ? 3 : 2); n++) {
                bias[i * 3 + n] = random.nextFloat() - .5f;
                for (int f = 0; f < 3; f++) {
                    in[(i * 3 + f) * 3 + n] = 2 * random.nextFloat() - 1;
                    out[(i * 3 + n) * 3 + f] = 2 * random.nextFloat() - 1;
                }
            }
        }
        ToyComputation analysis = new ToyComputation(ALL, 60, 7);
        ToyComputation.Work work = new ToyComputation.Work(
                analysis, new FeaturePairs(3, FeaturePairs.Function.OR, List.of(.5, .2), 60, null));
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = random(manager, in, bias, out);
            NamedArray found = work.compute(toy);
            assertThat(found.axes()).isEqualTo(work.axes(toy.shape()));
            assertThat(found.axis("quantity").labels())
                    .startsWith("loss", "relative-loss")
                    .hasSize(9);
            for (int point = 0; point < 4; point++) {
                double[] one = byHand(2 * point, in, bias, out);
                double[] other = byHand(2 * point + 1, in, bias, out);
                double[] best = one[0] < other[0] ? one : other;
                for (int q = 0; q < 9; q++) {
                    assertThat(found.data()[4 * q + point])
                            .as("%s of point %d", ALL.get(q), point)
                            .isEqualTo(best[q], within(1e-6));
                }
            }
            // Eight networks of 24 numbers, a multiplication and an addition for each row.
            assertThat(work.flops(toy.shape())).isEqualTo(2 * 60 * 8 * 24);
        }
        assertThat(analysis.parts()).isEqualTo("quantity");
    }

    private static double[] byHand(int i, float[] in, float[] bias, float[] out) {
        int hidden = i < 4 ? 3 : 2;
        double sparsity = i / 2 % 2 == 0 ? .5 : .2;
        Examples rows = new FeaturePairs(3, FeaturePairs.Function.OR, List.of(.5, .2), 60, null)
                .draw(RowRandom.mix(7 + i / 2 % 2), 60, sparsity);
        double squares = 0;
        int right = 0;
        int present = 0;
        int recalled = 0;
        for (int row = 0; row < 60; row++) {
            double[] h = neurons(i, hidden, in, bias, Arrays.copyOfRange(rows.x(), 3 * row, 3 * row + 3));
            for (int o = 0; o < 3; o++) {
                double answer = 0;
                for (int n = 0; n < hidden; n++) {
                    answer += h[n] * out[(i * 3 + n) * 3 + o];
                }
                double target = rows.y()[3 * row + o];
                squares += (answer - target) * (answer - target);
                right += answer > .5 == (target == 1) ? 1 : 0;
                present += target == 1 ? 1 : 0;
                recalled += target == 1 && answer > .5 ? 1 : 0;
            }
        }
        double loss = squares / 180;
        double relative = loss / (1 - sparsity * sparsity);
        double purity = 0;
        int answering = 0;
        for (int n = 0; n < hidden; n++) {
            double[] responses = new double[3];
            for (int x = 0; x < 8; x++) {
                float[] bits = {x & 1, x >> 1 & 1, x >> 2};
                double value = neurons(i, hidden, in, bias, bits)[n] / 8;
                responses[0] += value * (2 * bits[0] - 1) * (2 * bits[1] - 1);
                responses[1] += value * (2 * bits[0] - 1) * (2 * bits[2] - 1);
                responses[2] += value * (2 * bits[1] - 1) * (2 * bits[2] - 1);
            }
            double[] sizes = Arrays.stream(responses).map(Math::abs).sorted().toArray();
            if (sizes[2] > 1e-3) {
                purity += sizes[2] / (sizes[0] + sizes[1] + sizes[2]);
                answering++;
            }
        }
        double perNeuron = 0;
        double perOutput = 0;
        for (int n = 0; n < hidden; n++) {
            for (int o = 0; o < 3; o++) {
                double most = 0;
                double mostHere = 0;
                for (int other = 0; other < 3; other++) {
                    most = Math.max(most, Math.abs(out[(i * 3 + n) * 3 + other]));
                    mostHere = Math.max(mostHere, Math.abs(out[(i * 3 + other) * 3 + o]));
                }
                double weight = Math.abs(out[(i * 3 + n) * 3 + o]);
                perNeuron += weight >= most / 5 ? 1.0 / hidden : 0;
                perOutput += weight >= mostHere / 5 ? 1.0 / 3 : 0;
            }
        }
        return new double[] {
            loss,
            relative,
            1 - relative,
            recalled / (double) present,
            right / 180.0,
            answering == 0 ? Double.NaN : purity / answering,
            hidden - answering,
            perNeuron,
            perOutput
        };
    }

    private static double[] neurons(int i, int hidden, float[] in, float[] bias, float[] x) {
        double[] out = new double[hidden];
        for (int n = 0; n < hidden; n++) {
            double sum = bias[i * 3 + n];
            for (int f = 0; f < 3; f++) {
                sum += x[f] * in[(i * 3 + f) * 3 + n];
            }
            out[n] = Math.max(0, sum);
        }
        return out;
    }

    /**
     * Two copies answer one half to everything, which is not above one half; the first is taken. Its neuron is max(x_0 + x_1 - 1, 0),
     * which answers one pair, that of the second reads one input. Weights of 5, 1 and .5 that cancel: 1 is a fifth of the largest.
     */
    @Test
    void ofEqualCopiesTheFirstCountsAndOneHalfIsNo() {
        ComputeMlpConfig config = new ComputeMlpConfig(2, 1, 1, ToyActivation.RELU, ToyOutput.NONE);
        Map<String, float[]> weights = Map.of(
                "W_in", new float[] {1, 1, 1, 0},
                "b_in", new float[] {-1, 0},
                "W_out", new float[2],
                "b_out", new float[] {.5f, .5f});
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = measured(WrittenToy.copies(config, 2, weights, manager), 2, FeaturePairs.Function.AND);
            assertThat(number(found, What.LOSS)).isEqualTo(.25);
            assertThat(number(found, What.RECALL)).isEqualTo(0);
            assertThat(number(found, What.MONOSEMANTICITY)).isEqualTo(1);
            assertThat(number(found, What.OUTPUTS_PER_NEURON)).isEqualTo(0);
            ComputeMlpConfig three = new ComputeMlpConfig(3, 1, 3, ToyActivation.RELU, ToyOutput.NONE);
            NamedArray fifth = measured(
                    WrittenToy.copies(
                            three,
                            1,
                            Map.of(
                                    "W_in", new float[3],
                                    "b_in", new float[1],
                                    "W_out", new float[] {5, -1, .5f},
                                    "b_out", new float[3]),
                            manager),
                    3,
                    FeaturePairs.Function.AND);
            assertThat(number(fifth, What.OUTPUTS_PER_NEURON)).isEqualTo(2);
            assertThat(number(fifth, What.NEURONS_PER_OUTPUT)).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeMeasuredIsRefused(@TempDir Path folder) {
        new ToyComputation(ALL, 1, 0);
        new ToyComputation(ALL, 1_000_000, 0);
        for (int rows : new int[] {0, 1_000_001}) {
            assertThatThrownBy(() -> new ToyComputation(ALL, rows, 0)).hasMessageContaining("1 to 1000000 rows");
        }
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {sums: {plant: fourier-mlp, modulus: 7}, logic: {plant: pair-logic, inputs: 3}}
                dataset:
                  pairs: {generator: feature-pairs, features: 3}
                  sizes: {generator: feature-pairs, features: 3, function: abs}
                  features: {generator: sparse-features, features: 3}
                measure:
                  sums: {toy-computation: loss, model: sums, dataset: pairs}
                  sizes: {toy-computation: loss, model: logic, dataset: sizes}
                  features: {toy-computation: loss, model: logic, dataset: features}
                """).split("measures a compute-mlp", -1))
                .hasSize(4);
    }
}
