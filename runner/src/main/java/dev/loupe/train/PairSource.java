package dev.loupe.train;

/** Draws pairs of inputs with their class, for one instance of a pair-embedding MLP. */
@FunctionalInterface
public interface PairSource {
    /**
     * Pairs of one step.
     *
     * @param seed equal seeds give equal pairs
     * @return [row][first input, second input, class]
     */
    int[][] draw(long seed, int rows);
}
