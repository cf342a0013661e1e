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
 * Expresses values of edited runs as the share of a difference that they recover: (value - zero) / (one - zero), a ratio of
 * means over rows; undefined where the two unedited runs do not differ.
 *
 * @param value a {@link ReadRows} with a sweep
 * @param zero the same reading of the run that is edited
 * @param one the same reading of the run whose activations are written
 * @param least by part of the reading: where the means of {@code zero} and {@code one} differ by less, a share of their
 *     difference is undefined
 */
public record Recover(int id, int value, int zero, int one, List<Double> least) implements ValueStep {
    public Recover {
        least = List.copyOf(least);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(value, zero, one);
    }

    @Override
    public Recover renamed(IntUnaryOperator names) {
        return new Recover(
                names.applyAsInt(id), names.applyAsInt(value), names.applyAsInt(zero), names.applyAsInt(one), least);
    }

    @Override
    public String describe() {
        return "share recovered";
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
        return arithmetic.recover(this);
    }
}
