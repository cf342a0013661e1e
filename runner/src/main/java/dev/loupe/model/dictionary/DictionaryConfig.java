package dev.loupe.model.dictionary;

import dev.loupe.hook.HookPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary without its weights.
 *
 * @param in width of what it reads
 * @param out width of what it reconstructs, the same for an autoencoder
 * @param features how many it has
 * @param active how many are active at most at a position, where the architecture says so; else 0
 * @param rescaled whether a feature's product is multiplied by the length of its decoder row before the largest are chosen
 * @param centred whether the decoder's bias is subtracted from what is read
 * @param reads the hook point that it reads
 * @param writes the hook point whose activation it reconstructs
 * @param model the model that it was made for, by the name that its maker used; empty where it does not say
 * @param processing weight processing of the model that it was made for, by the names of TransformerLens; null where it does
 *     not say
 */
public record DictionaryConfig(
        DictionaryKind kind,
        int in,
        int out,
        int features,
        int active,
        boolean rescaled,
        boolean centred,
        ActivationScale scale,
        HookPoint reads,
        HookPoint writes,
        String model,
        @Nullable List<String> processing) {
    public DictionaryConfig {
        processing = processing == null ? null : List.copyOf(processing);
    }

    /** The layer that its features are named by. */
    public int layer() {
        return reads.layer();
    }

    /** Whether what it reconstructs is a sum of directions, one for each feature, and a bias. */
    public boolean linear() {
        boolean scaledBack = !kind.transcodes()
                && (scale == ActivationScale.LAYER_NORM || scale == ActivationScale.CONSTANT_NORM_RESCALE);
        return !scaledBack && !kind.skips();
    }

    /** The same, made for a model whose weights were processed so. */
    DictionaryConfig of(List<String> steps) {
        return new DictionaryConfig(
                kind, in, out, features, active, rescaled, centred, scale, reads, writes, model, steps);
    }

    /** How many numbers it has. */
    public long parameters() {
        return kind.tensors(in, features, out).values().stream()
                .mapToLong(shape -> shape.length == 2 ? shape[0] * shape[1] : shape[0])
                .sum();
    }
}
