package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Positions in groups within which they are compared: one group where all are.
 *
 * @param positions by their place in the sample, groups one after the other
 * @param starts where each group begins, and after the last one the number of positions
 */
record Strata(int[] positions, int[] starts) {
    /** All positions in one group. */
    static Strata one(int[] positions) {
        return new Strata(positions, new int[] {0, positions.length});
    }

    /** Positions with the same key in one group; {@code key} is by place in the sample. */
    static Strata by(int[] positions, int[] key) {
        int[] order = Arrays.stream(positions)
                .boxed()
                .sorted((a, b) -> key[a] != key[b] ? Integer.compare(key[a], key[b]) : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] starts = IntStream.rangeClosed(0, order.length)
                .filter(i -> i == 0 || i == order.length || key[order[i]] != key[order[i - 1]])
                .toArray();
        return new Strata(order, order.length == 0 ? new int[] {0, 0} : starts);
    }

    int size() {
        return positions.length;
    }

    int count() {
        return starts.length - 1;
    }

    int from(int stratum) {
        return starts[stratum];
    }

    int position(int i) {
        return positions[i];
    }

    /** The same groups of positions that are numbered in this order. */
    Strata renumbered() {
        return new Strata(IntStream.range(0, positions.length).toArray(), starts);
    }

    /** Something that is known of every sampled position, in this order. */
    boolean[] in(boolean[] sampled) {
        boolean[] own = new boolean[positions.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = sampled[positions[i]];
        }
        return own;
    }

    int[] in(int[] sampled) {
        return Arrays.stream(positions).map(i -> sampled[i]).toArray();
    }

    /** The pairs of a position with a label and one of its group without it. */
    Pairs pairs(boolean[] has) {
        long with = 0;
        long without = 0;
        double least = 0;
        double pairs = 0;
        for (int s = 0; s < count(); s++) {
            long ones = 0;
            for (int i = from(s); i < from(s + 1); i++) {
                ones += has[i] ? 1 : 0;
            }
            long zeros = from(s + 1) - from(s) - ones;
            least += ones * (ones + 1) / 2.0;
            pairs += (double) ones * zeros;
            with += zeros > 0 ? ones : 0;
            without += ones > 0 ? zeros : 0;
        }
        return new Pairs(with, without, least, pairs);
    }

    /**
     * How many pairs there are.
     *
     * @param with positions with the label whose group has some without it
     * @param without the others of these groups
     * @param least the smallest sum of ranks that positions with the label can have
     * @param pairs pairs of both inside groups
     */
    record Pairs(long with, long without, double least, double pairs) {
        /** The area under the ROC curve from the sum of ranks of the positions with the label (Mann and Whitney 1947). */
        double area(double sum) {
            return (sum - least) / pairs;
        }

        /** Whether there are too few of either to tell anything. */
        boolean fewerThan(int least) {
            return with < least || without < least;
        }
    }
}
