package dev.loupe.train;

/** Draws feature vectors for one instance of a toy model. */
@FunctionalInterface
public interface FeatureSource {
    /**
     * Fills {@code rows} rows of features, row-major from {@code offset} of {@code into}.
     *
     * @param seed equal seeds give equal rows
     */
    void draw(long seed, int rows, float[] into, int offset);
}
