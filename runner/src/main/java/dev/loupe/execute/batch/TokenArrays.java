package dev.loupe.execute.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Parts of token rows. */
public final class TokenArrays {
    private TokenArrays() {}

    /** The given rows, the whole selection repeated {@code times} times. */
    public static TokenRows pick(TokenRows rows, int[] which, int times) {
        int n = which.length * times;
        int[][] tokens = new int[n][];
        int[][] targets = new int[rows.targets().length == 0 ? 0 : n][];
        Map<String, boolean[][]> classes = new LinkedHashMap<>();
        Map<String, int[]> positions = new LinkedHashMap<>();
        Map<String, int[]> columns = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            int row = which[i % which.length];
            tokens[i] = rows.tokens()[row];
            if (targets.length > 0) {
                targets[i] = rows.targets()[row];
            }
        }
        rows.classes().forEach((name, masks) -> {
            boolean[][] picked = new boolean[n][];
            for (int i = 0; i < n; i++) {
                picked[i] = masks[which[i % which.length]];
            }
            classes.put(name, picked);
        });
        rows.positions().forEach((name, at) -> positions.put(name, pick(at, which, n)));
        rows.columns().forEach((name, ids) -> columns.put(name, pick(ids, which, n)));
        Map<String, int[][]> sets = new LinkedHashMap<>();
        rows.sets().forEach((name, ids) -> {
            int[][] picked = new int[n][];
            for (int i = 0; i < n; i++) {
                picked[i] = ids[which[i % which.length]];
            }
            sets.put(name, picked);
        });
        int[] picked = pick(IntStream.range(0, rows.rows()).toArray(), which, n);
        Map<String, Label> labels = new LinkedHashMap<>();
        rows.labels().forEach((name, label) -> labels.put(name, label.rows(picked)));
        int[] documents = rows.documents().length == 0 ? rows.documents() : pick(rows.documents(), which, n);
        return new TokenRows(tokens, targets, classes, positions, columns, sets, labels, documents);
    }

    private static int[] pick(int[] values, int[] which, int n) {
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            out[i] = values[which[i % which.length]];
        }
        return out;
    }

    /** Ids of rows of one length as an array [row, pos]. */
    public static NDArray array(int[][] rows, NDManager manager) {
        int length = rows[0].length;
        long[] flat = new long[rows.length * length];
        for (int r = 0; r < rows.length; r++) {
            for (int p = 0; p < length; p++) {
                flat[r * length + p] = rows[r][p];
            }
        }
        return manager.create(flat, new Shape(rows.length, length)).toType(DataType.INT64, false);
    }
}
