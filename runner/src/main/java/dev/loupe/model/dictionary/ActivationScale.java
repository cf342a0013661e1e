package dev.loupe.model.dictionary;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an activation is rescaled before its features are computed; an autoencoder's reconstruction is scaled back. */
public enum ActivationScale {
    NONE,
    /** The mean length over a training set is folded into the weights when they are saved: nothing is left to do. */
    EXPECTED_AVERAGE_ONLY_IN,
    /** To length sqrt(d_in). */
    CONSTANT_NORM_RESCALE,
    /** To mean 0 and standard deviation 1, with d_in - 1 in the divisor. */
    LAYER_NORM;

    /** What a configuration calls it, null where it is none of these. */
    static @Nullable ActivationScale of(String word) {
        for (ActivationScale scale : values()) {
            if (scale.name().toLowerCase(Locale.ROOT).equals(word)) {
                return scale;
            }
        }
        return null;
    }
}
