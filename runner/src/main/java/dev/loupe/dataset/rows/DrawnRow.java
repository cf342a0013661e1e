package dev.loupe.dataset.rows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row while it is being drawn: tokens with classes, named positions and named ids. */
public final class DrawnRow {

    private final int[] tokens;
    private int @Nullable [] targets;
    private final Map<String, boolean[]> classes = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Map<String, int[]> sets = new LinkedHashMap<>();
    private final Map<String, Label> labels = new LinkedHashMap<>();
    private int document = -1;

    /** @param classNames every class that rows of this generator have, also those that this row leaves empty */
    public DrawnRow(int[] tokens, String... classNames) {
        this.tokens = tokens;
        for (String name : classNames) {
            classes.put(name, new boolean[tokens.length]);
        }
    }

    /** The first tokens. */
    public int[] tokens(int count) {
        return Arrays.copyOf(tokens, count);
    }

    /** The document that it is of; all rows of a generator have one, or none has. */
    public DrawnRow group(int number) {
        document = number;
        return this;
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

    /** What every token is, as a label of this row alone; all rows of a generator have the same labels. */
    public DrawnRow label(String name, Label label) {
        labels.put(name, label);
        return this;
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
        Map<String, Label> labels = new LinkedHashMap<>();
        for (String name : rows.length == 0 ? Set.<String>of() : rows[0].labels.keySet()) {
            labels.put(name, joined(rows, name));
        }
        int[] documents = rows.length > 0 && rows[0].document >= 0
                ? Arrays.stream(rows).mapToInt(row -> row.document).toArray()
                : new int[0];
        return new TokenRows(tokens, targets, classes, positions, columns, sets, labels, documents);
    }

    private static Label joined(DrawnRow[] rows, String name) {
        int[][] values = new int[rows.length][];
        List<String> names = List.of();
        Label.Kind kind = Objects.requireNonNull(rows[0].labels.get(name)).kind();
        for (int r = 0; r < rows.length; r++) {
            Label own = Objects.requireNonNull(rows[r].labels.get(name), name);
            values[r] = own.values()[0];
            // Categories are the same in every row; a row knows only the ordinals up to its own largest.
            names = own.names().size() > names.size() ? own.names() : names;
        }
        return new Label(
                kind,
                names,
                values,
                Objects.requireNonNull(rows[0].labels.get(name)).looksAhead());
    }

    private static void spread(Map<String, Integer> from, Map<String, int[]> to, int row, int rows) {
        from.forEach((name, value) -> to.computeIfAbsent(name, any -> new int[rows])[row] = value);
    }
}
