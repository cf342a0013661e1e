package dev.loupe.analysis;

import dev.loupe.plan.Agreement;
import dev.loupe.plan.RealRuns;
import dev.loupe.plan.Recheck;
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

    /** Adds what is shown; the estimate alone where nothing is rechecked. */
    static int recheck(AnalysisPlanning planning, int estimate, RealRuns runs, @Nullable Integer best, Screened show) {
        if (best == null) {
            return estimate;
        }
        // A null's directions are no activations that could be written, so there is nothing to run.
        int most = planning.randomDirections() == null ? best : 0;
        int both = planning.builder().add(id -> new Recheck(id, estimate, runs, most));
        return show == CELLS ? both : planning.builder().add(id -> new Agreement(id, both, TOP));
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
