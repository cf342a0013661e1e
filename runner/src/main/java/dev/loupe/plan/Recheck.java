package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
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

    /** The runs that an estimate stands for, made for a few cells on demand; data that compares by value. */
    public interface RealRuns {
        /** The plan's output with the metric after the edits, [cell] in the order that was asked for. */
        String VALUE = "value";

        /** The plan's output with the metric before the edits. */
        String ZERO = "zero";

        /** Cells that can be run, by their index in the estimate. */
        List<Integer> cells();

        /** The plan that runs these cells; it has ids of its own. */
        ExecutionPlan only(List<Integer> chosen);
    }

    /** The axes of estimates that stand beside exact values. */
    public static List<Axis> axes(PlanStep estimate, IntFunction<PlanStep> steps) {
        List<Axis> own = estimate.axes(steps);
        List<Axis> both = new ArrayList<>(List.of(VALUE));
        both.addAll(own == null ? List.of() : own);
        return both;
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

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    /** Rough, taking the first cells for the largest. */
    @Override
    public long flops() {
        return best == 0 ? 0 : firstCells().flops();
    }

    private ExecutionPlan firstCells() {
        List<Integer> cells = runs.cells();
        return runs.only(cells.subList(0, Math.min(best, cells.size())));
    }

    @Override
    public List<ModelRef> models() {
        return List.of();
    }

    @Override
    public long bytes() {
        return best == 0 ? 0 : Memory.beside(firstCells());
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes(steps.apply(estimate), steps);
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        if (!(earlier.step(estimate) instanceof Differentiate)) {
            throw new IllegalStateException("#" + id + " rechecks no estimate");
        }
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of("about " + Amount.of(flops(), "FLOP") + " if they are the first ones");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.recheck(this);
    }
}
