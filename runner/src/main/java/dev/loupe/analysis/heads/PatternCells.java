package dev.loupe.analysis.heads;

import java.util.Arrays;
import java.util.List;

/** Cells of one row's attention pattern, each of a kind: which query looks at which key. */
final class PatternCells {
    private long[] cells = new long[64];
    private int[] kinds = new int[64];
    private int size;

    /** @param cell the query's position times the row's length, plus the key's */
    void add(long cell, int kind) {
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        cells[size] = cell;
        kinds[size++] = kind;
    }

    int size() {
        return size;
    }

    int kind(int index) {
        return kinds[index];
    }

    /** The most cells that any row has, at least 1: an engine takes no empty list. */
    static int most(List<PatternCells> rows) {
        return Math.max(1, rows.stream().mapToInt(PatternCells::size).max().orElse(1));
    }

    /** The cells of all rows [row, cell]; a row with fewer than another is filled with cell 0, which nobody reads. */
    static long[] padded(List<PatternCells> rows) {
        int most = most(rows);
        long[] all = new long[rows.size() * most];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r).cells, 0, all, r * most, rows.get(r).size);
        }
        return all;
    }
}
