package dev.loupe.dataset.rows;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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
 */
public record TokenRows(
        int[][] tokens,
        int[][] targets,
        Map<String, boolean[][]> classes,
        Map<String, int[]> positions,
        Map<String, int[]> columns,
        Map<String, int[][]> sets) {

    /** Rows without sets of ids. */
    public TokenRows(
            int[][] tokens,
            int[][] targets,
            Map<String, boolean[][]> classes,
            Map<String, int[]> positions,
            Map<String, int[]> columns) {
        this(tokens, targets, classes, positions, columns, Map.of());
    }

    public int rows() {
        return tokens.length;
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
        if (name.equals(EVERYWHERE)) {
            return true;
        }
        boolean[][] mask = classes.get(name);
        if (mask != null) {
            return mask[row][pos];
        }
        int[] at = positions.get(name);
        if (at == null) {
            Set<String> known = new LinkedHashSet<>(classes.keySet());
            known.addAll(positions.keySet());
            throw new IllegalArgumentException("the dataset has neither a position class nor a named position `" + name
                    + "`; it has " + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return at[row] == pos;
    }
}
