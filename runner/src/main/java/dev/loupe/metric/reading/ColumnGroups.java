package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Several columns of each row of a matrix, read as one number by a {@link Reduction}: the only place where several answers
 * become one value. Everything here can be differentiated.
 *
 * @param columns by row, at least one each, without repetition: [n][any]
 */
public record ColumnGroups(int[][] columns) {
    /** Of values [n, width], such as logits or probabilities: [n, 1]. */
    NDArray of(NDArray values, Reduction how) {
        NDArray picked = picked(values, how == Reduction.FIRST ? 1 : widest());
        if (picked.getShape().get(1) == 1) {
            return picked;
        }
        return switch (how) {
            case MAX -> picked.max(new int[] {1}, true);
            case MEAN -> picked.mul(weights(picked, true)).sum(new int[] {1}, true);
            default -> picked.mul(weights(picked, false)).sum(new int[] {1}, true);
        };
    }

    /** Of log-probabilities [n, width]; {@code SUM} is the log of the summed probability: [n, 1]. */
    public NDArray ofLogs(NDArray logs, Reduction how) {
        if (how != Reduction.SUM || widest() == 1) {
            return of(logs, how);
        }
        NDArray picked = picked(logs, widest());
        // The largest is taken out first, so that small probabilities do not vanish.
        NDArray largest = picked.max(new int[] {1}, true);
        NDArray shares = picked.sub(largest).exp().mul(weights(picked, false));
        return shares.sum(new int[] {1}, true).log().add(largest);
    }

    /** By row the one column whose value is the largest; of equal ones the first. */
    int[] largest(NDArray values) {
        int width = widest();
        float[] picked = picked(values, width).toFloatArray();
        int[] out = new int[columns.length];
        for (int row = 0; row < out.length; row++) {
            int best = 0;
            for (int i = 1; i < columns[row].length; i++) {
                best = picked[row * width + i] > picked[row * width + best] ? i : best;
            }
            out[row] = best;
        }
        return out;
    }

    private int widest() {
        return Arrays.stream(columns).mapToInt(row -> row.length).max().orElse(1);
    }

    /** The first {@code width} columns of each row; a row that has fewer repeats its first, which changes no largest. */
    private NDArray picked(NDArray values, int width) {
        long[] flat = new long[columns.length * width];
        for (int row = 0; row < columns.length; row++) {
            for (int i = 0; i < width; i++) {
                flat[row * width + i] = columns[row][i < columns[row].length ? i : 0];
            }
        }
        return values.gather(values.getManager().create(flat, new Shape(columns.length, width)), 1);
    }

    /** 1, or for a mean 1 / count, where a column is a row's own; 0 where it repeats the first. */
    private NDArray weights(NDArray picked, boolean mean) {
        int width = (int) picked.getShape().get(1);
        float[] weights = new float[columns.length * width];
        for (int row = 0; row < columns.length; row++) {
            int own = columns[row].length;
            Arrays.fill(weights, row * width, row * width + own, mean ? 1f / own : 1f);
        }
        return picked.getManager().create(weights, picked.getShape());
    }
}
