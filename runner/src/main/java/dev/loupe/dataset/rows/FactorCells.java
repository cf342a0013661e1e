package dev.loupe.dataset.rows;

import java.util.Arrays;
import java.util.List;

/**
 * How prompts that cross factors are laid out. A group holds all combinations of own and other level of each factor, row after
 * row; it is the rows' document. Each factor is a label, {@code own} or {@code other} on every token of a row, and a position
 * class {@code FACTOR-tokens} that says which tokens it changes. Label {@code cell} says the combination.
 */
public final class FactorCells {
    /** Rows of a group of two factors. */
    public static final int CELLS = 4;

    public static final String OWN = "own";
    public static final String OTHER = "other";

    private FactorCells() {}

    /** Whether a factor has its own level in the n-th row of a group: the first factor changes fastest. */
    public static boolean own(int cell, int factor) {
        return (cell >> factor & 1) == 0;
    }

    /** The position class of the tokens that a factor changes. */
    public static String tokensOf(String factor) {
        return factor + "-tokens";
    }

    /** The position classes of all factors. */
    public static String[] classes(List<String> factors) {
        return factors.stream().map(FactorCells::tokensOf).toArray(String[]::new);
    }

    /** Puts the labels of a cell on every token of a row. */
    public static void label(DrawnRow row, List<String> factors, int cell) {
        for (int f = 0; f < factors.size(); f++) {
            row.label(factors.get(f), constant(List.of(OWN, OTHER), own(cell, f) ? 0 : 1, row.length()));
        }
        List<String> cells = factors.size() == 1
                ? List.of(OWN, OTHER)
                : List.of(OWN + "-" + OWN, OTHER + "-" + OWN, OWN + "-" + OTHER, OTHER + "-" + OTHER);
        row.label("cell", constant(cells, cell, row.length()));
    }

    /** A category with one value on all tokens of a row. */
    public static Label constant(List<String> names, int value, int length) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return Label.category(names, new int[][] {values});
    }
}
