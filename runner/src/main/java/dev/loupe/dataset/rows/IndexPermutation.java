package dev.loupe.dataset.rows;

/**
 * The numbers 0..size-1 in an order that a seed determines, each reached without the others: a Feistel network of four
 * rounds over the next power of four, walked until it stays below size (Black and Rogaway 2002). Rows that take their
 * content from it differ from each other, in whatever shards they are drawn.
 */
public final class IndexPermutation {

    private final long size;
    private final long seed;
    private final int half;

    public IndexPermutation(long size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("a permutation of " + size + " numbers");
        }
        this.size = size;
        this.seed = seed;
        int bits = 64 - Long.numberOfLeadingZeros(size - 1);
        this.half = Math.max(1, (bits + 1) / 2);
    }

    /** The number at a place. */
    public long at(long place) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException(place + " of " + size);
        }
        long at = round(place);
        while (at >= size) {
            at = round(at);
        }
        return at;
    }

    private long round(long value) {
        long mask = (1L << half) - 1;
        long left = value >>> half;
        long right = value & mask;
        for (int r = 0; r < 4; r++) {
            long mixed = left ^ (RowRandom.mix(RowRandom.mix(seed + r) ^ right) & mask);
            left = right;
            right = mixed;
        }
        return left << half | right;
    }
}
