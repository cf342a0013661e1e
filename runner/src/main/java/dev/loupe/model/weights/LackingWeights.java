package dev.loupe.model.weights;

import dev.loupe.model.config.TransformerConfig;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which weights of a configuration a model does not have of its own. No training may give them values that the model could not
 * have.
 *
 * @param zeros TransformerLens' names of what it lacks, such as biases; zeros stand in
 * @param tied whether its unembedding is its embedding
 */
public record LackingWeights(Set<String> zeros, boolean tied) {
    public static final LackingWeights NONE = new LackingWeights(Set.of(), false);

    public LackingWeights {
        zeros = Set.copyOf(zeros);
    }

    public static LackingWeights of(TransformerConfig config, TlWeights weights) {
        Set<String> zeros = new TreeSet<>(TlTensors.of(config).keySet());
        zeros.removeIf(name -> !weights.isAbsent(name));
        return new LackingWeights(zeros, weights.transposeOf("unembed.W_U") != null);
    }
}
