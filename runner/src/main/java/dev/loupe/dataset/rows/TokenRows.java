package dev.loupe.dataset.rows;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of tokens with what a measurement may ask of them. Rows may differ in length; nothing is padded.
 *
 * @param tokens token ids [row][pos]
 * @param targets what each position should predict [row][pos], -1 where nothing is asked; empty means the next token
 * @param classes position classes by name [row][pos]: true where that position's prediction belongs to the class
 * @param positions named positions by name: one position per row ({@code END}, {@code S2})
 * @param columns named token ids by name: one id per row ({@code answer}, {@code wrong})
 * @param sets named sets of token ids by name [row][any]: everything that counts as {@code answer} or as {@code wrong},
 *     where that is more than the one id of the column
 * @param labels what every token is, by the label's name [row][pos]; a boolean label is a position class of that name too,
 *     and a category {@code colon} or an ordinal {@code depth} has the classes {@code colon.slice} and {@code depth.2}
 * @param documents the number of the document that each row was cut from [row]; empty where every row is a document of its
 *     own
 * @param notes what was left out while the rows were made, in words; no part of the rows' identity
 */
public record TokenRows(
        int[][] tokens,
        int[][] targets,
        Map<String, boolean[][]> classes,
        Map<String, int[]> positions,
        Map<String, int[]> columns,
        Map<String, int[][]> sets,
        Map<String, Label> labels,
        int[] documents,
        List<String> notes) {

    /** @throws IllegalArgumentException where labels or documents are not of these rows, or a label has a class's name */
    public TokenRows {
        notes = List.copyOf(notes);
        labels.forEach((name, label) -> {
            if (classes.containsKey(name) || positions.containsKey(name) || name.equals(EVERYWHERE)) {
                throw new IllegalArgumentException("label `" + name + "` has the name of a position class");
            }
            boolean fits = label.values().length == tokens.length;
            for (int row = 0; fits && row < tokens.length; row++) {
                fits = label.values()[row].length == tokens[row].length;
            }
            if (!fits) {
                throw new IllegalArgumentException("label `" + name + "` does not have one value for each token");
            }
        });
        if (documents.length > 0 && documents.length != tokens.length) {
            throw new IllegalArgumentException(documents.length + " documents for " + tokens.length + " rows");
        }
    }

    /** Rows of which nothing was left out. */
    public TokenRows(
            int[][] tokens,
            int[][] targets,
            Map<String, boolean[][]> classes,
            Map<String, int[]> positions,
            Map<String, int[]> columns,
            Map<String, int[][]> sets,
            Map<String, Label> labels,
            int[] documents) {
        this(tokens, targets, classes, positions, columns, sets, labels, documents, List.of());
    }

    /** Rows without labels, each a document of its own. */
    public TokenRows(
            int[][] tokens,
            int[][] targets,
            Map<String, boolean[][]> classes,
            Map<String, int[]> positions,
            Map<String, int[]> columns,
            Map<String, int[][]> sets) {
        this(tokens, targets, classes, positions, columns, sets, Map.of(), new int[0], List.of());
    }

    /** Rows without sets of ids. */
    public TokenRows(
            int[][] tokens,
            int[][] targets,
            Map<String, boolean[][]> classes,
            Map<String, int[]> positions,
            Map<String, int[]> columns) {
        this(tokens, targets, classes, positions, columns, Map.of());
    }

    /** The same rows with other tokens, row by row of the same length. */
    public TokenRows withTokens(int[][] others) {
        return new TokenRows(others, targets, classes, positions, columns, sets, labels, documents, notes);
    }

    public int rows() {
        return tokens.length;
    }

    /** The document of a row. */
    public int document(int row) {
        return documents.length == 0 ? row : documents[row];
    }

    /** The id that position {@code pos} of {@code row} should predict, -1 where there is none. */
    public int target(int row, int pos) {
        if (targets.length > 0) {
            return targets[row][pos];
        }
        return pos + 1 < tokens[row].length ? tokens[row][pos + 1] : -1;
    }

    /**
     * The ids that are right at a position: the whole set {@code answer} where class {@code answer} holds it, else its target;
     * none where nothing is asked.
     */
    public int[] answers(int row, int pos) {
        int target = target(row, pos);
        int[][] set = sets.get("answer");
        boolean[][] asked = classes.get("answer");
        if (set != null && asked != null && target >= 0 && asked[row][pos]) {
            return set[row];
        }
        return target < 0 ? new int[0] : new int[] {target};
    }

    /**
     * The ids that go by a name in a row: its set, or the single id of its column.
     *
     * @throws IllegalArgumentException where the rows have neither
     */
    public int[] ids(String name, int row) {
        int[][] set = sets.get(name);
        if (set != null) {
            return set[row];
        }
        int[] column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the dataset has no column `" + name + "`"
                    + (columns.isEmpty() ? "" : "; it has " + String.join(", ", columns.keySet())));
        }
        return new int[] {column[row]};
    }

    /** The word for every position. */
    public static final String EVERYWHERE = "everywhere";

    /**
     * Whether a position belongs to a named position or position class of its row.
     *
     * @throws IllegalArgumentException where the rows have no such name
     */
    public boolean belongs(String name, int row, int pos) {
        return place(name).has(row, pos);
    }

    /** A named position or a position class. */
    public interface Place {
        boolean has(int row, int pos);
    }

    /**
     * What goes by a name: everywhere, a position class, a named position, a boolean label, or one value of another label.
     *
     * @throws IllegalArgumentException where the rows have no such name
     */
    public Place place(String name) {
        if (name.equals(EVERYWHERE)) {
            return (row, pos) -> true;
        }
        boolean[][] mask = classes.get(name);
        if (mask != null) {
            return (row, pos) -> mask[row][pos];
        }
        int[] at = positions.get(name);
        if (at != null) {
            return (row, pos) -> at[row] == pos;
        }
        LabelValue of = labelValue(name);
        if (of == null) {
            Set<String> known = places();
            throw new IllegalArgumentException("the dataset has neither a position class nor a named position `" + name
                    + "`; it has " + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return (row, pos) -> of.label().values()[row][pos] == of.value();
    }

    /** One value of a label, which is a position class. */
    public record LabelValue(Label label, int value) {}

    /**
     * What a name means that a label gives: the boolean label itself, or one value of another, {@code sport} of {@code topic} in
     * {@code topic.sport}. Names and values may hold dots themselves.
     *
     * @return null where no label gives the name
     */
    public @Nullable LabelValue labelValue(String name) {
        Label flag = labels.get(name);
        if (flag != null && flag.kind() == Label.Kind.BOOLEAN) {
            return new LabelValue(flag, 1);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            Label label = labels.get(name.substring(0, dot));
            int value = label == null || label.kind() == Label.Kind.BOOLEAN
                    ? Label.NONE
                    : label.names().indexOf(name.substring(dot + 1));
            if (label != null && value != Label.NONE) {
                return new LabelValue(label, value);
            }
        }
        return null;
    }

    /**
     * The label of a name.
     *
     * @throws IllegalArgumentException where the rows have none
     */
    public Label label(String name) {
        Label label = labels.get(name);
        if (label == null) {
            throw new IllegalArgumentException("the dataset has no label `" + name + "`"
                    + (labels.isEmpty()
                            ? ": its tokens have no labels"
                            : "; it has " + String.join(", ", labels.keySet())));
        }
        return label;
    }

    /** Every name that {@link #place} answers to besides {@link #EVERYWHERE}; of an ordinal those of the values it has. */
    public Set<String> places() {
        Set<String> names = new LinkedHashSet<>(classes.keySet());
        names.addAll(positions.keySet());
        labels.forEach((name, label) -> {
            switch (label.kind()) {
                case BOOLEAN -> names.add(name);
                case CATEGORY, ORDINAL -> label.names().forEach(value -> names.add(name + "." + value));
                case POINTER -> {}
            }
        });
        return names;
    }
}
