package dev.loupe.analysis;

import dev.loupe.schema.Doc;
import org.jspecify.annotations.Nullable;

/** What is shown of a screen. */
public enum Screened {
    @Doc("Every cell's estimate and, where cells are rechecked, the exact values beside.")
    CELLS,
    @Doc("How well estimates and exact values of the rechecked cells agree.")
    AGREEMENT;

    /** As many of the largest are compared as a set. */
    static final int TOP = 10;

    static void check(@Nullable Integer recheck, Screened show) {
        if (recheck != null && recheck < 1) {
            throw new IllegalArgumentException("`recheck` counts cells, at least 1");
        }
        if (recheck == null && show == AGREEMENT) {
            throw new IllegalArgumentException(
                    "`show: agreement` compares with exact values: say how many with `recheck`");
        }
    }

    static String formula(@Nullable Integer recheck, Screened show) {
        if (recheck == null) {
            return "";
        }
        String exact = "  \n**exact**: the change by really making the edit, for the " + recheck
                + " cells of largest estimate";
        return show == CELLS
                ? exact
                : exact
                        + ". Over those cells: Spearman's rank correlation of estimates and exact values, the share whose"
                        + " signs agree, and the share of the " + TOP + " largest exact ones that are among the " + TOP
                        + " largest estimates (undefined unless more were run)";
    }
}
