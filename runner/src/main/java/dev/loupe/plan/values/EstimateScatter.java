package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Recheck;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Single rows' estimates beside their exact values, as points.
 *
 * @param recheck a {@link RecheckRows}
 * @param count how many points, evenly spaced over all that there are
 */
public record EstimateScatter(int id, int recheck, int count) implements ValueStep {
    /** Points and what each has. */
    public List<Axis> axes() {
        return List.of(Axis.counted("point", count), Recheck.VALUE);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(recheck);
    }

    @Override
    public EstimateScatter renamed(IntUnaryOperator names) {
        return new EstimateScatter(names.applyAsInt(id), names.applyAsInt(recheck), count);
    }

    @Override
    public String describe() {
        return "estimates and exact values by row";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        if (!(earlier.step(recheck) instanceof RecheckRows)) {
            throw new IllegalStateException("#" + id + " has no exact values of single rows to show");
        }
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.estimateScatter(this);
    }
}
