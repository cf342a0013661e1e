package dev.loupe.dataset.rows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row while it is being drawn: tokens with classes, named positions and named ids. */
public final class DrawnRow {

    private final int[] tokens;
    private int @Nullable [] targets;
    private final Map<String, boolean[]> classes = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Map<String, int[]> sets = new LinkedHashMap<>();

    /** @param classNames every class that rows of this generator have, also those that this row leaves empty */
    public DrawnRow(int[] tokens, String... classNames) {
        this.tokens = tokens;
        for (String name : classNames) {
            classes.put(name, new boolean[tokens.length]);
        }
    }

    /** How many tokens it has. */
    public int length() {
        return tokens.length;
    }

    /** The prediction at {@code position} belongs to the class. */
    public DrawnRow mark(String className, int position) {
        boolean[] marks = classes.get(className);
        if (marks == null) {
            throw new IllegalArgumentException("class " + className + " is not declared");
        }
        marks[position] = true;
        return this;
    }

    /** Asks for {@code id} at {@code position}, and for nothing wherever no target is set. */
    public DrawnRow target(int position, int id) {
        int[] asked = targets;
        if (asked == null) {
            asked = new int[tokens.length];
            Arrays.fill(asked, -1);
            targets = asked;
        }
        asked[position] = id;
        return this;
    }

    public DrawnRow position(String name, int position) {
        positions.put(name, position);
        return this;
    }

    public DrawnRow column(String name, int id) {
        columns.put(name, id);
        return this;
    }

    /** Ids of which the first is the column of that name too. */
    public DrawnRow set(String name, int[] ids) {
        sets.put(name, ids);
        return column(name, ids[0]);
    }

    /**
     * @param option where the prompts were asked for
     * @throws DatasetException where two rows hold the same tokens, naming both
     */
    public static void requireDistinct(DrawnRow[] rows, String option) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int r = 0; r < rows.length; r++) {
            Integer before = seen.putIfAbsent(Arrays.toString(rows[r].tokens), r);
            if (before != null) {
                throw new DatasetException(
                        option,
                        "row " + r + " is the same prompt as row " + before
                                + ": prompts must be different, so check for templates or words that are given twice");
            }
        }
    }

    /** Puts rows together. */
    public static TokenRows join(DrawnRow[] rows) {
        int[][] tokens = new int[rows.length][];
        int[][] targets = rows.length > 0 && rows[0].targets != null ? new int[rows.length][] : new int[0][];
        Map<String, boolean[][]> classes = new LinkedHashMap<>();
        Map<String, int[]> positions = new LinkedHashMap<>();
        Map<String, int[]> columns = new LinkedHashMap<>();
        Map<String, int[][]> sets = new LinkedHashMap<>();
        for (int r = 0; r < rows.length; r++) {
            DrawnRow row = rows[r];
            tokens[r] = row.tokens;
            if (row.targets != null) {
                targets[r] = row.targets;
            }
            for (Map.Entry<String, boolean[]> marks : row.classes.entrySet()) {
                classes.computeIfAbsent(marks.getKey(), name -> new boolean[rows.length][])[r] = marks.getValue();
            }
            spread(row.positions, positions, r, rows.length);
            spread(row.columns, columns, r, rows.length);
            for (Map.Entry<String, int[]> ids : row.sets.entrySet()) {
                sets.computeIfAbsent(ids.getKey(), name -> new int[rows.length][])[r] = ids.getValue();
            }
        }
        return new TokenRows(tokens, targets, classes, positions, columns, sets);
    }

    private static void spread(Map<String, Integer> from, Map<String, int[]> to, int row, int rows) {
        from.forEach((name, value) -> to.computeIfAbsent(name, any -> new int[rows])[row] = value);
    }
}
