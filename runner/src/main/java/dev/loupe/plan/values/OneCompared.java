package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The agreement of one of several models that were compared in one step.
 *
 * @param all that step
 * @param index which of its compared models
 */
public record OneCompared(int id, int all, int index) implements ValueStep {
    @Override
    public List<Integer> inputs() {
        return List.of(all);
    }

    @Override
    public OneCompared renamed(IntUnaryOperator names) {
        return new OneCompared(names.applyAsInt(id), names.applyAsInt(all), index);
    }

    @Override
    public String describe() {
        return "compared model " + index;
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = steps.apply(all).axes(steps);
        return axes == null
                ? List.of()
                : axes.stream()
                        .filter(axis -> !axis.name().equals(AgreeModels.COMPARED))
                        .toList();
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.numbers(this, all);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.oneCompared(this);
    }
}
