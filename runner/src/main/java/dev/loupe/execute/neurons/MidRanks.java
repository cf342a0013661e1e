package dev.loupe.execute.neurons;

import java.util.Arrays;

/**
 * The ranks of every neuron's activations over some positions, equal values at their mean rank (1 is the smallest). From
 * them the area under the ROC curve of any label is one sum: (sum of the positives' ranks - n1 (n1 + 1) / 2) / (n1 n0).
 */
final class MidRanks {
    private final int width;
    private final float[] ranks;

    /**
     * @param values [position, neuron], row-major
     * @param which the positions that count, by their place in {@code values}
     */
    MidRanks(float[] values, int width, int[] which) {
        this.width = width;
        this.ranks = new float[Math.multiplyExact(which.length, width)];
        long[] keys = new long[which.length];
        for (int neuron = 0; neuron < width; neuron++) {
            for (int i = 0; i < which.length; i++) {
                keys[i] = key(values[which[i] * width + neuron], i);
            }
            Arrays.sort(keys);
            for (int from = 0; from < keys.length; ) {
                int to = from;
                while (to + 1 < keys.length && (keys[to + 1] >> 32) == (keys[from] >> 32)) {
                    to++;
                }
                float rank = (from + to) / 2f + 1;
                for (int i = from; i <= to; i++) {
                    ranks[(int) (keys[i] & 0xFFFFFFFFL) * width + neuron] = rank;
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

    /** Sums of the ranks of some positions for every neuron [neuron]. */
    double[] sums(int[] positives) {
        double[] sums = new double[width];
        for (int i : positives) {
            int from = i * width;
            for (int neuron = 0; neuron < width; neuron++) {
                sums[neuron] += ranks[from + neuron];
            }
        }
        return sums;
    }

    /** The same for one neuron. */
    double sum(int[] positives, int neuron) {
        double sum = 0;
        for (int i : positives) {
            sum += ranks[i * width + neuron];
        }
        return sum;
    }

    /** The area from a sum of ranks of {@code n1} of {@code n} positions. */
    static double area(double sum, long n1, long n) {
        return (sum - n1 * (n1 + 1) / 2.0) / ((double) n1 * (n - n1));
    }
}
