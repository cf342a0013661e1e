package dev.loupe.metric.reading;

/**
 * Values of a batch, ready for a {@link dev.loupe.result.sample.RowTable}.
 *
 * @param numerator sums [row, axes...]
 * @param denominator counts [row, axes...]
 */
public record RowValues(double[] numerator, double[] denominator) {
    public RowValues {
        if (numerator.length != denominator.length) {
            throw new IllegalArgumentException(numerator.length + " sums, " + denominator.length + " counts");
        }
    }

    /** As many zero sums and counts. */
    public static RowValues zeros(int size) {
        return new RowValues(new double[size], new double[size]);
    }
}
