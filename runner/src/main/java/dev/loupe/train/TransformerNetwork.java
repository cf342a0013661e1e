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
import dev.loupe.model.weights.TlWeights;
import dev.loupe.train.step.Noise;
import java.util.List;
import java.util.Map;

/** The transformer as the trainer sees it: its packed parameters, always with an instance axis. */
public record TransformerNetwork(TransformerConfig config, ParameterLayout layout) implements TokenNetwork {
    public TransformerNetwork(TransformerConfig config) {
        this(config, layoutOf(config));
    }

    private static ParameterLayout layoutOf(TransformerConfig config) {
        return new ParameterLayout(PackedTensor.of(config).stream()
                .map(packed -> new ParameterLayout.Slot(packed.name(), packed.shape()))
                .toList());
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
        List<PackedTensor> packed = PackedTensor.of(config);
        for (int i = 0; i < packed.size(); i++) {
            packed.get(i).pack(weights, flat, offsets.get(i));
        }
        return flat;
    }

    @Override
    public NDArray logits(Map<String, NDArray> parameters, NDArray tokens, HookVisitor visitor) {
        int instances = Math.toIntExact(tokens.getShape().get(0));
        NDManager scope = tokens.getManager();
        Parameters views = Parameters.viewing(config, instances, parameters, scope);
        return new Transformer(views)
                .forward(ForwardRequest.of(tokens), visitor, scope)
                .logits();
    }
}
