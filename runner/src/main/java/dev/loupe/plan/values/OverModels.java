package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.Reduction;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * One result in several models, with some axes reduced to one number.
 *
 * @param results the result in each model
 * @param leading the axes that the models form, the last axis fastest
 * @param partsAxis the axis of which one label is read, empty where the result is read whole
 * @param part its index
 * @param sampled whether rows that can be drawn again were read
 * @param over the axes that are reduced, of the models' and of the result's
 */
public record OverModels(
        int id,
        List<Integer> results,
        List<Axis> leading,
        String partsAxis,
        int part,
        boolean sampled,
        List<String> over,
        Reduction take)
        implements ValueStep {
    public OverModels {
        results = List.copyOf(results);
        leading = List.copyOf(leading);
        over = List.copyOf(over);
    }

    @Override
    public List<Integer> inputs() {
        return results.stream().distinct().toList();
    }

    @Override
    public OverModels renamed(IntUnaryOperator names) {
        return new OverModels(
                names.applyAsInt(id),
                results.stream().map(names::applyAsInt).toList(),
                leading,
                partsAxis,
                part,
                sampled,
                over,
                take);
    }

    @Override
    public String describe() {
        return take.word() + " over " + String.join(" and ", over);
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> all = new ArrayList<>(leading);
        List<Axis> own = steps.apply(results.get(0)).axes(steps);
        all.addAll(own == null ? List.of() : own);
        all.removeIf(axis -> axis.name().equals(partsAxis) || over.contains(axis.name()));
        return all;
    }

    @Override
    public boolean samplesRows() {
        return sampled;
    }

    @Override
    public void check(EarlierSteps earlier) {
        results.forEach(result -> earlier.numbers(this, result));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.overModels(this);
    }
}
