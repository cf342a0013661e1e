package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Puts runs of the components that each row's estimate ranked first back to the components that they were: the value has the
 * axis {@link Recheck#VALUE} and that of the estimate, and exact values are undefined in a row where nothing was run.
 *
 * @param estimate the step whose value ranked, a table [row, component]
 * @param by how it ranked
 * @param value a {@link ReadRows} of the edited runs, swept over ranks 0, 1, ...
 * @param zero the same reading before the edit
 */
public record RecheckRows(int id, int estimate, Ranking.Order by, int value, int zero) implements ValueStep {
    @Override
    public List<Integer> inputs() {
        return List.of(estimate, value, zero);
    }

    @Override
    public RecheckRows renamed(IntUnaryOperator names) {
        return new RecheckRows(
                names.applyAsInt(id), names.applyAsInt(estimate), by, names.applyAsInt(value), names.applyAsInt(zero));
    }

    @Override
    public String describe() {
        return "exact values of each row's largest estimates";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return Recheck.axes(steps.apply(estimate), steps);
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        List.of(value, zero).forEach(input -> earlier.reads(this, input, ReadRows.class));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.recheckRows(this);
    }
}
