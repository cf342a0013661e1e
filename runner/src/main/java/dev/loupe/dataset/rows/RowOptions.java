package dev.loupe.dataset.rows;

import org.jspecify.annotations.Nullable;

/** Options that generators share: limits of one row and of one dataset, and the begin-of-text token. */
public final class RowOptions {

    /** A longer row than any model here reads: a typing error, refused before it becomes memory. */
    public static final int LONGEST = 1 << 17;

    private static final int MOST = 100_000_000;

    private RowOptions() {}

    public static void check(int rows) {
        if (rows < 1 || rows > MOST) {
            throw new IllegalArgumentException("`rows` must be 1.." + MOST + ", not " + rows);
        }
    }

    public static void checkLength(int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("`length` must be 1.." + LONGEST + ", not " + length);
        }
    }

    /** The tokens with bos before them where there is one. */
    public static int[] withBos(@Nullable Integer bos, int[] body) {
        if (bos == null) {
            return body;
        }
        int[] tokens = new int[body.length + 1];
        tokens[0] = bos;
        System.arraycopy(body, 0, tokens, 1, body.length);
        return tokens;
    }

    /** The last position of each row. */
    public static int[] ends(int[][] tokens) {
        int[] ends = new int[tokens.length];
        for (int row = 0; row < ends.length; row++) {
            ends[row] = tokens[row].length - 1;
        }
        return ends;
    }
}
