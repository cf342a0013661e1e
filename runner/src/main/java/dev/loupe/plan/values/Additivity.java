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
 * What several layers change together over the sum of what they change one at a time: (value - zero) / (sum of (single -
 * zero)), a ratio of means over rows; undefined where that sum is too small.
 *
 * @param value a {@link ReadRows} with a sweep
 * @param zero the same reading of the run that is edited
 * @param singles by cell of the sweep: the cells that edit each of its layers alone
 * @param least by part of the reading: where the mean sum is less, a share of it is undefined
 */
public record Additivity(int id, int value, int zero, List<List<Integer>> singles, List<Double> least)
        implements ValueStep {
    public Additivity {
        singles = singles.stream().map(List::copyOf).toList();
        least = List.copyOf(least);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(value, zero);
    }

    @Override
    public Additivity renamed(IntUnaryOperator names) {
        return new Additivity(names.applyAsInt(id), names.applyAsInt(value), names.applyAsInt(zero), singles, least);
    }

    @Override
    public String describe() {
        return "additivity";
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
        return arithmetic.additivity(this);
    }
}
