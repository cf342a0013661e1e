package dev.loupe.execute.neurons;

import dev.loupe.execute.statistics.SortedOrder;
import java.util.stream.IntStream;

/**
 * Twice the rank of every neuron's activation among some positions, equal values at their mean rank, 1 for the smallest: whole
 * numbers, so that sums of them are exact. With strata, ranks among the positions of the same stratum.
 *
 * @param width neurons
 * @param twice [place in the strata's order, neuron], row-major
 */
record MidRanks(int width, int[] twice) {
    /** Neurons whose values are read together, since they lie in one line of the cache. */
    private static final int TOGETHER = 16;

    /**
     * @param values [position, neuron], row-major
     * @param strata which positions count, and which of them are compared
     */
    static MidRanks of(float[] values, int width, Strata strata) {
        int n = strata.size();
        int[] twice = new int[Math.multiplyExact(n, width)];
        int blocks = (width + TOGETHER - 1) / TOGETHER;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int first = block * TOGETHER;
            int size = Math.min(TOGETHER, width - first);
            float[][] columns = new float[size][n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < size; k++) {
                    columns[k][i] = values[strata.position(i) * width + first + k];
                }
            }
            int[][] ranks = new int[size][];
            for (int k = 0; k < size; k++) {
                ranks[k] = ranked(columns[k], strata);
            }
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < size; k++) {
                    twice[i * width + first + k] = ranks[k][i];
                }
            }
        });
        return new MidRanks(width, twice);
    }

    /** The ranks of one neuron alone. */
    static MidRanks of(float[] values, int width, int neuron, Strata strata) {
        float[] alone = new float[strata.size()];
        for (int i = 0; i < alone.length; i++) {
            alone[i] = values[strata.position(i) * width + neuron];
        }
        return of(alone, 1, strata.renumbered());
    }

    private static int[] ranked(float[] column, Strata strata) {
        int[] ranks = new int[column.length];
        for (int s = 0; s < strata.count(); s++) {
            int first = strata.from(s);
            int end = strata.from(s + 1);
            int[] order = SortedOrder.of(column, first, end);
            for (int from = 0; from < order.length; ) {
                int to = from;
                while (to + 1 < order.length && column[order[to + 1]] == column[order[from]]) {
                    to++;
                }
                for (int i = from; i <= to; i++) {
                    ranks[order[i]] = from + to + 2;
                }
                from = to + 1;
            }
        }
        return ranks;
    }

    /** The sum of the ranks of one neuron where {@code has}. */
    double sum(boolean[] has, int neuron) {
        long sum = 0;
        for (int i = 0; i < has.length; i++) {
            sum += has[i] ? twice[i * width + neuron] : 0;
        }
        return sum / 2.0;
    }

    /**
     * The area under the ROC curve of one score: the share of pairs that it puts in the right order, ties half.
     *
     * @param score of each place in the strata's order
     */
    static double area(float[] score, boolean[] has, Strata strata) {
        return strata.pairs(has).area(of(score, 1, strata.renumbered()).sum(has, 0));
    }
}
