package dev.loupe.dataset.rows;

import java.util.Arrays;

/**
 * The random numbers of one row: SplitMix64 (Steele, Lea, Flood 2014) from a state that seed and row number determine.
 * Written out here so that rows stay the same across Java versions; one stream per row, so that any shard of a draw
 * can be made anywhere.
 */
public final class RowRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public RowRandom(long seed, long row) {
        this.state = mix(mix(seed + GOLDEN_GAMMA) ^ mix(row * 0xD1342543DE82EF95L + 1));
    }

    /** Stafford's variant 13 of the MurmurHash3 finalizer: a bijection of 64 bits, a well-mixed seed from any number. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform over 0..bound-1, without bias. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("no number below " + bound);
        }
        long bits = nextLong() >>> 1;
        long value = bits % bound;
        while (bits - value + (bound - 1) < 0) {
            bits = nextLong() >>> 1;
            value = bits % bound;
        }
        return (int) value;
    }

    /** Uniform over low..high, both included. */
    public int between(int low, int high) {
        return low + nextInt(Math.addExact(Math.subtractExact(high, low), 1));
    }

    /** Uniform in [0, 1), 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal (Box and Muller 1958), one of the two numbers that two uniform ones make. */
    public double nextGaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
        return radius * Math.cos(2 * Math.PI * nextDouble());
    }

    /** Fair. */
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** {@code 0..size-1} in random order (Fisher and Yates). */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** {@code count} different numbers of 0..size-1 in ascending order. */
    public int[] choose(int count, int size) {
        int[] chosen = Arrays.copyOf(permutation(size), count);
        Arrays.sort(chosen);
        return chosen;
    }
}
