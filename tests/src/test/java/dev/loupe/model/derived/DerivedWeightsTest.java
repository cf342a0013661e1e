package dev.loupe.model.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.execute.load.ToyForward;
import dev.loupe.metric.token.Accuracy;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ComputeMlpConfig;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.model.toy.ToyOutput;
import dev.loupe.train.ToyInitialWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedWeightsTest {
    /** Two widths side by side. */
    private static ToyGrid grid(ToyConfig wide, int narrow) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("hidden", List.of(Integer.toString(narrow), Integer.toString(wide.hidden())));
        axes.put("copy", List.of("0"));
        ToyConfig thin = wide.at(wide.activation(), wide.dropout(), narrow);
        return new ToyGrid(wide, List.of(thin, wide), List.of(), axes);
    }

    private static ToyConfig config(String kind) {
        return switch (kind) {
            case "pair-mlp" -> new PairEmbeddingMlpConfig(7, 12, 0, ToyActivation.RELU, false);
            case "compute-mlp" -> new ComputeMlpConfig(5, 12, 3, ToyActivation.GELU, ToyOutput.SIGMOID);
            default -> new ToyAutoencoderConfig(9, 4, ToyActivation.RELU, 0);
        };
    }

    private static float[] answers(ToyGrid grid, Map<String, float[]> weights, int instance) {
        float[] x = new float[6 * grid.widest().width()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i * 5 % 7;
        }
        try (NDManager manager = Backend.cpu()) {
            return new ToyForward(grid, weights, manager).answers(instance, x);
        }
    }

    /** The same function in another order, and back to the very same weights. */
    @ParameterizedTest
    @ValueSource(strings = {"pair-mlp", "compute-mlp", "toy-autoencoder"})
    void matchingRecoversAPermutationExactly(String kind) {
        ToyConfig wide = config(kind);
        ToyGrid grid = grid(wide, wide.hidden() - 1);
        Map<String, float[]> own = ToyInitialWeights.of(grid, 4);
        Map<String, float[]> permuted = new NeuronPermutation(9).of(grid, List.of(own));
        String some = wide.parameters().get(0).name();
        assertThat(permuted.get(some)).isNotEqualTo(own.get(some));
        for (int instance = 0; instance < 2; instance++) {
            assertThat(answers(grid, permuted, instance)).containsExactly(answers(grid, own, instance), within(1e-5f));
        }
        Map<String, float[]> back = new NeuronMatching().of(grid, List.of(permuted, own));
        own.forEach((name, values) -> assertThat(back.get(name)).isEqualTo(values));
    }

    /** A ReLU neuron that reads ten times as much and writes a tenth is the same neuron. */
    @Test
    void scaleHasNoPartInMatching() {
        ToyConfig wide = config("pair-mlp");
        ToyGrid grid = ToyGrid.single(wide);
        Map<String, float[]> own = ToyInitialWeights.of(grid, 4);
        Map<String, float[]> scaled = new LinkedHashMap<>();
        own.forEach((name, values) -> {
            float[] out = values.clone();
            for (int i = 0; i < out.length; i++) {
                boolean written = name.equals("U");
                int neuron = written ? i / 7 : i % 12;
                float factor = 1 + 9f * (neuron % 3);
                out[i] = written ? values[i] / factor : values[i] * factor;
            }
            scaled.put(name, out);
        });
        Map<String, float[]> mixed = new NeuronPermutation(2).of(grid, List.of(scaled));
        Map<String, float[]> back = new NeuronMatching().of(grid, List.of(mixed, own));
        assertThat(back.get("A")).isEqualTo(scaled.get("A"));
    }

    @Test
    void theLineBetweenTwoNetworksIsStraight() {
        ToyGrid grid = ToyGrid.single(new ToyAutoencoderConfig(2, 1, ToyActivation.RELU, 0));
        Map<String, float[]> a = Map.of("W", new float[] {1, 2}, "b", new float[] {0, 4});
        Map<String, float[]> b = Map.of("W", new float[] {3, 2}, "b", new float[] {8, 0});
        Map<String, float[]> quarter = new Interpolation(.25).of(grid, List.of(a, b));
        assertThat(quarter.get("W")).containsExactly(1.5f, 2);
        assertThat(quarter.get("b")).containsExactly(2, 3);
        assertThat(new Interpolation(1).of(grid, List.of(a, b)).get("W")).containsExactly(3, 2);
    }

    /** The network that adds modulo 11 subtracts, with the same accuracy of 1, once b is read as -b. */
    @Test
    void negatingAnInputTurnsAdditionIntoSubtraction() {
        FourierMlp adds = new FourierMlp(11);
        ToyGrid grid = ToyGrid.single(adds.config());
        Map<String, float[]> subtracts = new Relabelling("B").of(grid, List.of(adds.weights()));
        assertThat(accuracy(grid, adds.weights(), ModularPairs.Operation.ADD)).isEqualTo(1);
        assertThat(accuracy(grid, subtracts, ModularPairs.Operation.SUBTRACT)).isEqualTo(1);
        // a - b = a + b only where 2 b = 0: for one b of eleven.
        assertThat(accuracy(grid, subtracts, ModularPairs.Operation.ADD)).isEqualTo(1 / 11.0, within(1e-12));
        assertThat(new Relabelling("B").of(grid, List.of(subtracts)).get("B"))
                .isEqualTo(adds.weights().get("B"));
        assertThatThrownBy(() -> new Relabelling("C").of(grid, List.of(subtracts)))
                .hasMessageContaining("no embedding C");
    }

    private static double accuracy(ToyGrid grid, Map<String, float[]> weights, ModularPairs.Operation operation) {
        ModularPairs pairs = new ModularPairs(11, operation, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
        Examples rows = pairs.draw(0, pairs.enumerated(), 0);
        try (NDManager manager = Backend.cpu()) {
            float[] outputs = new ToyForward(grid, weights, manager).answers(0, rows.x());
            return new Accuracy("everywhere", Accuracy.Of.TOKENS, null).read(outputs, rows);
        }
    }

    @Test
    void aRotationKeepsTheFunctionAndTheLengths() {
        ToyGrid grid = grid(new ToyAutoencoderConfig(9, 4, ToyActivation.RELU, 0), 2);
        Map<String, float[]> own = ToyInitialWeights.of(grid, 4);
        Map<String, float[]> turned = new BasisRotation(3).of(grid, List.of(own));
        assertThat(turned.get("W")).isNotEqualTo(own.get("W"));
        for (int instance = 0; instance < 2; instance++) {
            assertThat(answers(grid, turned, instance)).containsExactly(answers(grid, own, instance), within(1e-4f));
        }
        // The narrow network has two hidden neurons: its other rows stay zero.
        assertThat(Arrays.copyOfRange(turned.get("W"), 18, 36)).isEqualTo(new float[18]);
    }
}
