package dev.loupe.model.toy;

import java.util.function.DoubleSupplier;

/** Inverted dropout of hidden values (Srivastava et al. 2014): what is kept grows, so that its mean stays. */
public final class HiddenDropout {
    private HiddenDropout() {}

    /**
     * Fills {@code keep} from {@code from} on with 0 where a value is dropped and 1/(1 - share) elsewhere.
     *
     * @param share the probability that a value is dropped, below 1
     * @param uniform numbers in [0, 1), one for each value
     */
    public static void fill(float[] keep, int from, int count, double share, DoubleSupplier uniform) {
        for (int i = from; i < from + count; i++) {
            keep[i] = uniform.getAsDouble() < share ? 0 : (float) (1 / (1 - share));
        }
    }
}
