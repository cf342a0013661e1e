package dev.loupe.report.graph;

import java.util.function.IntFunction;

/**
 * How a graph of paths is laid out and explained.
 *
 * @param last the column where the logits stand
 * @param titles what stands above a column
 * @param full what a full line is
 * @param dashed what a dashed line is
 * @param fallIsFull whether lines of negative effect are the full ones
 */
public record GraphStyle(int last, IntFunction<String> titles, String full, String dashed, boolean fallIsFull) {
    /** Of patched paths: a column for each layer. */
    public static GraphStyle paths(int layers) {
        return new GraphStyle(
                layers,
                layer -> layer == layers ? "output" : "layer " + layer,
                "carries the answer",
                "works against it",
                false);
    }

    /** Of edges that a model was pruned to: heads and MLP of a layer have columns of their own. */
    public static GraphStyle circuit(int layers) {
        return new GraphStyle(
                2 * layers,
                column -> column == 2 * layers
                        ? "output"
                        : column < 0 ? "input" : (column % 2 == 0 ? "heads " : "MLP ") + column / 2,
                "falls without it",
                "rises without it",
                true);
    }

    boolean dashed(double effect) {
        return fallIsFull ? effect > 0 : effect < 0;
    }
}
