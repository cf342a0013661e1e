package dev.loupe.metric.reading;

import dev.loupe.dataset.features.Examples;

/** A metric that can also be read from the outputs of a network without tokens, whose targets are classes. */
public interface VectorMetric {
    /**
     * The mean over rows.
     *
     * @param outputs logits [row, class], row-major
     * @param rows their targets are one-hot vectors
     * @throws IllegalArgumentException where an option asks for positions or for several answers, which there are not
     */
    double read(float[] outputs, Examples rows);

    /** The place of the largest of the numbers {@code from} to {@code to}; the first of equal ones. */
    static int largest(float[] values, int from, int to) {
        int best = from;
        for (int i = from + 1; i < to; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** Refuses options that only rows of tokens can serve. */
    static void refuse(boolean asked, String metric) {
        if (asked) {
            throw new IllegalArgumentException("a network without tokens has no positions and one answer for each row: "
                    + "leave the options of `" + metric + "` out");
        }
    }
}
