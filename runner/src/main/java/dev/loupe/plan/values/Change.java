package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Expresses values of edited runs as what the edit changes: value - zero, row by row.
 *
 * @param value a {@link ReadRows} with a sweep
 * @param zero the same reading of the run that is edited
 */
public record Change(int id, int value, int zero) implements ValueStep {
    @Override
    public List<Integer> inputs() {
        return List.of(value, zero);
    }

    @Override
    public Change renamed(IntUnaryOperator names) {
        return new Change(names.applyAsInt(id), names.applyAsInt(value), names.applyAsInt(zero));
    }

    @Override
    public String describe() {
        return "change against the run without the edit";
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return steps.apply(value).axes(steps);
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        inputs().forEach(input -> earlier.reads(this, input, ReadRows.class));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.change(this);
    }
}
