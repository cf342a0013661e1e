package dev.loupe.execute.statistics;

import java.util.Arrays;

/** The order of numbers by their size: a radix sort of their bits, since millions of columns of thousands are sorted. */
public final class SortedOrder {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    /** Below this comparing is faster. */
    private static final int FEW = 256;

    private SortedOrder() {}

    /** Places of {@code values} from {@code first} to {@code end} exclusive, the smallest value first; -0 equals 0. */
    public static int[] of(float[] values, int first, int end) {
        return sorted(values, first, end, 0);
    }

    /** The same with the largest value first; of equal ones the earlier place comes first here too. */
    public static int[] descending(float[] values) {
        return sorted(values, 0, values.length, 0xFFFFFFFFL);
    }

    private static int[] sorted(float[] values, int first, int end, long turned) {
        int n = end - first;
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToIntBits(values[first + i] + 0f);
            // Negative numbers are turned over, and the sign of all others is set: unsigned bits in the order of the
            // numbers.
            long ordered = (bits ^ ((bits >> 31) | 0x80000000)) & 0xFFFFFFFFL ^ turned;
            keys[i] = (ordered << 31) | i;
        }
        if (n < FEW) {
            Arrays.sort(keys);
        } else {
            long[] other = new long[n];
            for (int shift = 31; shift < 64; shift += BITS) {
                pass(keys, other, shift);
                long[] swap = keys;
                keys = other;
                other = swap;
            }
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = first + (int) (keys[i] & 0x7FFFFFFF);
        }
        return order;
    }

    private static void pass(long[] from, long[] to, int shift) {
        int[] start = new int[BUCKETS + 1];
        for (long key : from) {
            start[((int) (key >>> shift) & (BUCKETS - 1)) + 1]++;
        }
        for (int b = 0; b < BUCKETS; b++) {
            start[b + 1] += start[b];
        }
        for (long key : from) {
            to[start[(int) (key >>> shift) & (BUCKETS - 1)]++] = key;
        }
    }
}
