package dev.loupe.execute.batch;

import dev.loupe.dataset.rows.TokenRows;
import java.util.stream.IntStream;

/**
 * The positions of each row whose logits are read: a named position, or every one of a position class.
 *
 * @param byRow ascending, rows may have different counts
 */
public record AskedPositions(int[][] byRow) {
    public static AskedPositions of(TokenRows rows, String at) {
        TokenRows.Place place = rows.place(at);
        int[][] byRow = new int[rows.rows()][];
        for (int r = 0; r < byRow.length; r++) {
            int row = r;
            byRow[r] = IntStream.range(0, rows.tokens()[row].length)
                    .filter(p -> place.has(row, p))
                    .toArray();
        }
        return new AskedPositions(byRow);
    }

    int count() {
        return IntStream.range(0, byRow.length).map(r -> byRow[r].length).sum();
    }

    /** The most that a row has. */
    int widest() {
        return IntStream.range(0, byRow.length).map(r -> byRow[r].length).max().orElse(0);
    }

    /**
     * Equally many for every row, at least one, counted from position {@code begin}: the rest is filled with that position,
     * which nobody reads.
     */
    public int[][] padded(int begin) {
        int width = Math.max(1, widest());
        int[][] out = new int[byRow.length][width];
        for (int r = 0; r < out.length; r++) {
            for (int k = 0; k < byRow[r].length; k++) {
                if (byRow[r][k] < begin) {
                    throw new IllegalStateException("position " + byRow[r][k] + " is read, but not run");
                }
                out[r][k] = byRow[r][k] - begin;
            }
        }
        return out;
    }
}
