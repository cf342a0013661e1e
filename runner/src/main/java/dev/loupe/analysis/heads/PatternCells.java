package dev.loupe.analysis.heads;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Cells of one row's attention pattern, each of a kind: which query looks at which key. */
final class PatternCells {
    private final int[][] cells;
    private final int[] sizes;

    PatternCells(int kinds) {
        cells = new int[kinds][16];
        sizes = new int[kinds];
    }

    /** @param cell the query's position times the row's length, plus the key's */
    void add(int cell, int kind) {
        if (sizes[kind] == cells[kind].length) {
            cells[kind] = Arrays.copyOf(cells[kind], 2 * sizes[kind]);
        }
        cells[kind][sizes[kind]++] = cell;
    }

    /**
     * The sum over all cells of a kind, in the order in which they were added.
     *
     * @param patterns of which the row's own, of one head, begins at {@code from} [query, key]
     */
    double sum(int kind, FloatBuffer patterns, int from) {
        int[] places = cells[kind];
        double sum = 0;
        for (int c = 0; c < sizes[kind]; c++) {
            sum += patterns.get(from + places[c]);
        }
        return sum;
    }
}
