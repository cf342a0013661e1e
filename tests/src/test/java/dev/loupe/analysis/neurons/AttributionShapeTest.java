package dev.loupe.analysis.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More neurons than are multiplied at once, of two layers, with twelve tokens; each by itself. */
class AttributionShapeTest {
    private static final WrittenTransformer MODEL = WrittenTransformer.random(
            TransformerConfig.builder(2, 3, 4, 12)
                    .nHeads(1)
                    .dMlp(270)
                    .normalizationType(Normalization.NONE)
                    .build(),
            4);

    private static double[] attribution(NeuronName neuron) {
        float[] out = MODEL.tensor("blocks." + neuron.layer() + ".mlp.W_out");
        float[] unembedding = MODEL.tensor("unembed.W_U");
        double[] all = IntStream.range(0, 12)
                .mapToDouble(t -> IntStream.range(0, 3)
                        .mapToDouble(d -> out[neuron.neuron() * 3 + d] * unembedding[d * 12 + t])
                        .sum())
                .toArray();
        double mean = Arrays.stream(all).average().orElseThrow();
        return Arrays.stream(all).map(x -> x - mean).sorted().toArray();
    }

    @Test
    void everyNeuronHasItsOwnNumbers() {
        List<NeuronName> neurons = new ArrayList<>(List.of(new NeuronName(1, 5)));
        IntStream.range(0, 260).forEach(n -> neurons.add(new NeuronName(0, n)));
        neurons.add(new NeuronName(1, 269));
        AttributionShape shape = new AttributionShape(neurons, List.of(Axis.counted("neuron", 262)));
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = shape.compute(MODEL.weights(manager));
            assertThat(found.axes().get(0)).isEqualTo(new Axis("part", List.of("kurtosis", "top-5")));
            for (int i = 0; i < 262; i++) {
                double[] own = attribution(neurons.get(i));
                double second = Arrays.stream(own).map(x -> x * x).average().orElseThrow();
                double fourth =
                        Arrays.stream(own).map(x -> x * x * x * x).average().orElseThrow();
                assertThat(found.data()[i]).isEqualTo(fourth / second / second - 3, within(1e-3));
                double positive = Arrays.stream(own).filter(x -> x > 0).sum();
                double five = Arrays.stream(own).skip(7).filter(x -> x > 0).sum();
                assertThat(found.data()[262 + i]).isEqualTo(five / positive, within(1e-4));
            }
            assertThat(shape.flops(MODEL.shape())).isEqualTo(2 * 262 * 3 * 12);
        }
    }

    @Test
    void aNeuronThatWritesNothingHasNoShape() {
        WrittenTransformer silent = new WrittenTransformer(MODEL.config(), new HashMap<>(MODEL.tensors()));
        silent.tensors().put("blocks.0.mlp.W_out", new float[270 * 3]);
        AttributionShape shape =
                new AttributionShape(List.of(new NeuronName(0, 7)), List.of(Axis.counted("neuron", 1)));
        try (NDManager manager = Backend.cpu()) {
            assertThat(shape.compute(silent.weights(manager)).data()).containsOnly(Double.NaN);
        }
    }
}
