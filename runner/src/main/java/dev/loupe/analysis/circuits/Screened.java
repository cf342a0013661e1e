package dev.loupe.analysis.circuits;

import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.plan.values.Agreement;
import dev.loupe.plan.values.EstimateScatter;
import dev.loupe.plan.values.RecheckRows;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Doc;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is shown of a screen. */
public enum Screened {
    @Doc("The estimate of every cell, and the exact values of rechecked cells.")
    CELLS,
    @Doc("How well the estimates agree with the exact values of the rechecked cells.")
    AGREEMENT,
    @Doc("With `per: row`: a scatter plot of estimates (x) and exact values (y), one point for each cell of a row.")
    POINTS;

    /** For which cells the edit is really made. */
    public enum Per {
        @Doc("The cells with the largest absolute mean over rows, the same in every row.")
        ALL,
        @Doc("In each row, the components that raise the metric most by the estimates of that row (with `from: "
                + "corrupted`, lower it most). For a sweep over the heads or neurons of one layer.")
        ROW
    }

    /** As many of the largest are compared as a set. */
    static final int TOP = 10;

    /** As many points are drawn at most. */
    private static final int POINTS_SHOWN = 600;

    static void check(@Nullable Integer recheck, Per per, Screened show) {
        if (show == POINTS && per == Per.ALL) {
            throw new IllegalArgumentException("`show: points` needs values of single rows: add `per: row`");
        }
        if (recheck != null && recheck < 1) {
            throw new IllegalArgumentException("`recheck` must be at least 1");
        }
        if (recheck == null && show != CELLS) {
            throw new IllegalArgumentException("`show: " + show.name().toLowerCase(java.util.Locale.ROOT)
                    + "` compares with exact values: give their number with `recheck`");
        }
    }

    /** Adds what is shown; the estimate alone where nothing is rechecked. */
    static int recheck(AnalysisPlanning planning, int estimate, RealRuns runs, @Nullable Integer best, Screened show) {
        if (best == null) {
            return estimate;
        }
        // A null's directions are no activations that could be written, so there is nothing to run.
        int most = planning.redrawn(Redrawn.DIRECTIONS) == null ? best : 0;
        int both = planning.builder().add(id -> new Recheck(id, estimate, runs, most));
        return show == CELLS ? both : planning.builder().add(id -> new Agreement(id, both, false, TOP));
    }

    /**
     * The same with each row's own cells.
     *
     * @param whole the edit of all components at once
     * @param reading of the edited rows
     */
    static int recheckRows(
            AnalysisPlanning planning,
            int estimate,
            Edit whole,
            Axis components,
            MetricBundle reading,
            String edited,
            int best,
            Ranking.Order order,
            Screened show) {
        int count = Math.min(best, components.size());
        Ranking ranking = new Ranking.ByStep(estimate, 0, order);
        List<Cell> cells = IntStream.range(0, count)
                .mapToObj(rank -> new Cell(rank, List.of(whole.choosing(new TopRanked(ranking, rank, rank + 1)))))
                .toList();
        int value = Apply.read(planning, reading, edited, new Sweep(List.of(Axis.counted("rank", count)), cells));
        int zero = Apply.read(planning, reading, edited, Sweep.NOTHING);
        int both = planning.builder().add(id -> new RecheckRows(id, estimate, order, value, zero));
        int points = Math.min(POINTS_SHOWN, count * planning.rows(edited).rows());
        return switch (show) {
            case CELLS -> both;
            case AGREEMENT -> planning.builder().add(id -> new Agreement(id, both, true, TOP));
            case POINTS -> planning.builder().add(id -> new EstimateScatter(id, both, points));
        };
    }

    static String formula(@Nullable Integer recheck, Per per, Screened show) {
        if (recheck == null) {
            return "";
        }
        boolean rows = per == Per.ROW;
        String exact = "  \n**exact**: the change when the edit is made, for "
                + (rows
                        ? "the best of each row, " + recheck
                                + " by its estimates"
                                + (show == CELLS ? "; mean over the rows in which it was made" : "")
                        : "the " + recheck + " cells of largest estimate");
        return switch (show) {
            case CELLS -> exact;
            case POINTS -> exact + ". A point is one cell in one row, evenly spaced over all that were run";
            case AGREEMENT ->
                exact + ". Over those cells" + (rows ? ", computed for each row, then averaged over rows" : "")
                        + ": Spearman's rank correlation of estimates and exact values, the share whose signs agree, and"
                        + " the share of the " + TOP + " largest exact ones that are among the " + TOP
                        + " largest estimates (undefined unless more were run)";
        };
    }
}
