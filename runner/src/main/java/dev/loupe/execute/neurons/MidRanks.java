package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Twice the rank of every neuron's activation among some positions, equal values at their mean rank, 1 for the smallest: whole
 * numbers, so that sums of them are exact. With strata, ranks among the positions of the same stratum.
 *
 * @param width neurons
 * @param twice [place in the strata's order, neuron], row-major
 */
record MidRanks(int width, int[] twice) {
    /**
     * @param values [position, neuron], row-major
     * @param strata which positions count, and which of them are compared
     */
    static MidRanks of(float[] values, int width, Strata strata) {
        int n = strata.size();
        int[] twice = new int[Math.multiplyExact(n, width)];
        int threads = Math.min(width, 64);
        IntStream.range(0, threads).parallel().forEach(part -> {
            long[] keys = new long[n];
            for (int neuron = part; neuron < width; neuron += threads) {
                rank(values, width, neuron, strata, keys, twice);
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

    private static void rank(float[] values, int width, int neuron, Strata strata, long[] keys, int[] twice) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(values[strata.position(i) * width + neuron], i);
        }
        for (int s = 0; s < strata.count(); s++) {
            int first = strata.from(s);
            int end = strata.from(s + 1);
            Arrays.sort(keys, first, end);
            for (int from = first; from < end; ) {
                int to = from;
                while (to + 1 < end && (keys[to + 1] >> 32) == (keys[from] >> 32)) {
                    to++;
                }
                for (int i = from; i <= to; i++) {
                    twice[(int) (keys[i] & 0xFFFFFFFFL) * width + neuron] = from + to - 2 * first + 2;
                }
                from = to + 1;
            }
        }
    }

    /** A number whose order is that of the value, then of the place; -0 equals 0. */
    private static long key(float value, int place) {
        int bits = Float.floatToIntBits(value == 0 ? 0f : value);
        int ordered = bits ^ ((bits >> 31) & 0x7FFFFFFF);
        return ((long) ordered << 32) | place;
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
