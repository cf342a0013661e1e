package dev.loupe.dataset.rows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows with further names for positions, given by number: a range is a position class, one number a named position. */
public final class NamedSpans {
    private NamedSpans() {}

    /**
     * The same rows with the names.
     *
     * @throws DatasetException where the rows have a name already, or a row has no such positions
     */
    public static TokenRows name(TokenRows rows, Map<String, PositionSpan> spans) {
        if (spans.isEmpty()) {
            return rows;
        }
        Map<String, boolean[][]> classes = new LinkedHashMap<>(rows.classes());
        Map<String, int[]> positions = new LinkedHashMap<>(rows.positions());
        spans.forEach((name, span) -> {
            check(name, rows);
            if (span.single()) {
                positions.put(name, ends(name, span, rows));
            } else {
                classes.put(name, mask(name, span, rows));
            }
        });
        return new TokenRows(
                rows.tokens(),
                rows.targets(),
                classes,
                positions,
                rows.columns(),
                rows.sets(),
                rows.labels(),
                rows.documents(),
                rows.notes());
    }

    private static void check(String name, TokenRows rows) {
        String taken = rows.places().contains(name) || rows.labels().containsKey(name)
                ? "this dataset has a name `" + name + "` already"
                : name.equals(TokenRows.EVERYWHERE) ? "`everywhere` is every position already" : "";
        if (!taken.isEmpty()) {
            throw fault(name, taken + ": choose another");
        }
        if (!name.matches("[\\p{L}\\p{N}_+-]+")) {
            throw fault(name, "a name of positions consists of letters, digits, `-`, `_` and `+`");
        }
    }

    private static int[] ends(String name, PositionSpan span, TokenRows rows) {
        int[] at = new int[rows.rows()];
        for (int row = 0; row < at.length; row++) {
            at[row] = checked(name, span, row, rows.tokens()[row].length).first(rows.tokens()[row].length);
        }
        return at;
    }

    private static boolean[][] mask(String name, PositionSpan span, TokenRows rows) {
        boolean[][] mask = new boolean[rows.rows()][];
        for (int row = 0; row < mask.length; row++) {
            int length = rows.tokens()[row].length;
            checked(name, span, row, length);
            mask[row] = new boolean[length];
            Arrays.fill(mask[row], span.first(length), span.last(length) + 1, true);
        }
        return mask;
    }

    private static PositionSpan checked(String name, PositionSpan span, int row, int length) {
        int first = span.first(length);
        int last = span.last(length);
        if (first < 0 || last >= length || first > last) {
            throw fault(
                    name,
                    "`" + name + ": " + span + "` is outside row " + row + ", which has " + length
                            + (length == 1 ? " token, position 0" : " tokens, positions 0.." + (length - 1)));
        }
        return span;
    }

    private static DatasetException fault(String name, String message) {
        return new DatasetException("positions." + name, message);
    }
}
