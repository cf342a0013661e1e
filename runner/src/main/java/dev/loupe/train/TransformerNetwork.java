package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.PackedTensor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.InitialWeights;
import dev.loupe.model.weights.LackingWeights;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.tensors.Tensor;
import dev.loupe.train.step.Noise;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The transformer as the trainer sees it: its packed parameters, always with an instance axis.
 *
 * @param lacking what it has not of its own, which is no parameter
 */
public record TransformerNetwork(TransformerConfig config, LackingWeights lacking, ParameterLayout layout)
        implements TokenNetwork {
    private static final String EMBEDDING = "embed.W_E";
    private static final String UNEMBEDDING = "unembed.W_U";

    public TransformerNetwork(TransformerConfig config) {
        this(config, LackingWeights.NONE);
    }

    public TransformerNetwork(TransformerConfig config, LackingWeights lacking) {
        this(
                config,
                lacking,
                new ParameterLayout(own(config, lacking)
                        .map(packed -> new ParameterLayout.Slot(packed.name(), packed.shape()))
                        .toList()));
    }

    private static Stream<PackedTensor> own(TransformerConfig config, LackingWeights lacking) {
        return PackedTensor.of(config).stream()
                .filter(packed -> !packed.parts().stream()
                        .allMatch(part -> lacking.zeros().contains(part.tl())))
                .filter(packed -> !(lacking.tied() && packed.name().equals(UNEMBEDDING)));
    }

    @Override
    public int vocabulary() {
        return config.dVocab();
    }

    @Override
    public int classes() {
        return config.dVocabOut();
    }

    @Override
    public float[] initial(long seed) {
        return flat(TlWeights.of(InitialWeights.draw(config, Noise.seed(seed, "init", 0))));
    }

    /** Weights in the layout's order. */
    float[] flat(TlWeights weights) {
        float[] flat = new float[layout.size()];
        List<Integer> offsets = layout.offsets();
        List<PackedTensor> packed = own(config, lacking).toList();
        for (int i = 0; i < packed.size(); i++) {
            packed.get(i).pack(weights, flat, offsets.get(i));
        }
        return flat;
    }

    /** Every tensor of the configuration by TransformerLens' name, from the layout's order. */
    Map<String, float[]> byName(float[] flat) {
        Map<String, float[]> byName = new HashMap<>();
        List<Integer> offsets = layout.offsets();
        List<PackedTensor> packed = own(config, lacking).toList();
        for (int i = 0; i < packed.size(); i++) {
            packed.get(i).unpack(flat, offsets.get(i), byName);
        }
        Map<String, long[]> shapes = TlTensors.of(config);
        for (String zero : lacking.zeros()) {
            byName.putIfAbsent(
                    zero, new float[Math.toIntExact(Tensor.count(Objects.requireNonNull(shapes.get(zero))))]);
        }
        if (lacking.tied()) {
            float[] embedding = Objects.requireNonNull(byName.get(EMBEDDING));
            byName.put(UNEMBEDDING, transposed(embedding, config.dModel()));
        }
        return byName;
    }

    private static float[] transposed(float[] matrix, int columns) {
        int rows = matrix.length / columns;
        float[] out = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            out[i % columns * rows + i / columns] = matrix[i];
        }
        return out;
    }

    @Override
    public NDArray logits(Map<String, NDArray> parameters, NDArray tokens, HookVisitor visitor) {
        int instances = Math.toIntExact(tokens.getShape().get(0));
        NDManager scope = tokens.getManager();
        Parameters views = Parameters.viewing(config, instances, whole(parameters), scope);
        return new Transformer(views)
                .forward(ForwardRequest.of(tokens), visitor, scope)
                .logits();
    }

    private Map<String, NDArray> whole(Map<String, NDArray> parameters) {
        NDArray embedding = parameters.get(EMBEDDING);
        if (!lacking.tied() || embedding == null) {
            return parameters;
        }
        Map<String, NDArray> all = new LinkedHashMap<>(parameters);
        all.put(UNEMBEDDING, embedding.swapAxes(1, 2));
        return all;
    }
}
