package dev.loupe.plan;

import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Runs the largest cells of an estimate for real. Which they are is known only when the estimate is, so the step carries how
 * any of them is run. The value has the axis {@link #VALUE} and those of the estimate; exact values are undefined where
 * nothing was run.
 *
 * @param estimate the step whose value has the cells
 * @param best how many cells are run
 */
public record Recheck(int id, int estimate, RealRuns runs, int best) implements PlanStep {
    /** The leading axis of the value: the estimate and what a real run gives. */
    public static final Axis VALUE = new Axis("value", List.of("estimate", "exact"));

    /** Rough count of operations, taking the first cells for the largest. */
    long flops() {
        List<Integer> cells = runs.cells();
        return best == 0
                ? 0
                : runs.only(cells.subList(0, Math.min(best, cells.size()))).flops();
    }

    @Override
    public List<Integer> inputs() {
        return List.of(estimate);
    }

    @Override
    public Recheck renamed(IntUnaryOperator names) {
        return new Recheck(names.applyAsInt(id), names.applyAsInt(estimate), runs, best);
    }

    @Override
    public String describe() {
        int cells = runs.cells().size();
        return "run the largest " + Math.min(best, cells) + " of " + Count.of(cells, "cell");
    }
}
