package dev.loupe.model.toy;

import java.util.function.DoubleSupplier;

/** Inverted dropout of hidden values (Srivastava et al. 2014): what is kept grows, so that its mean stays. */
public final class HiddenDropout {
    private HiddenDropout() {}

    /**
     * The hidden values of one instance among instances of other widths.
     *
     * @param hidden its own hidden neurons
     * @param widest those that every row has room for
     */
    public record Rows(int rows, int hidden, int widest) {
        /**
         * Fills {@code keep} [row, widest] from {@code from} on with 0 where a value is dropped and 1/(1 - share) elsewhere.
         *
         * @param share the probability that a value is dropped, below 1
         * @param uniform numbers in [0, 1), one for each of the instance's own values
         */
        public void fill(float[] keep, int from, double share, DoubleSupplier uniform) {
            float kept = (float) (1 / (1 - share));
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < hidden; i++) {
                    keep[from + row * widest + i] = uniform.getAsDouble() < share ? 0 : kept;
                }
            }
        }
    }
}
