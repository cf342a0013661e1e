package dev.loupe.dataset;

/** Limits that all generators share: what one row, and one dataset, may ask for. */
final class RowOptions {

    /** A longer row than any model here reads: a typing error, refused before it becomes memory. */
    static final int LONGEST = 1 << 17;

    private static final int MOST = 100_000_000;

    private RowOptions() {}

    static void check(int rows) {
        if (rows < 1 || rows > MOST) {
            throw new IllegalArgumentException("`rows` must be 1.." + MOST + ", not " + rows);
        }
    }
}
