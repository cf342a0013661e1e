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
 * @param family the result in each model
 * @param over the axes that are reduced, of the models' and of the result's
 */
public record OverModels(int id, FamilyResults family, List<String> over, Reduction take) implements ValueStep {
    public OverModels {
        over = List.copyOf(over);
    }

    @Override
    public List<Integer> inputs() {
        return family.inputs();
    }

    @Override
    public OverModels renamed(IntUnaryOperator names) {
        return new OverModels(names.applyAsInt(id), family.renamed(names), over, take);
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
        List<Axis> all = new ArrayList<>(family.axes(steps));
        all.removeIf(axis -> over.contains(axis.name()));
        return all;
    }

    @Override
    public boolean samplesRows() {
        return family.sampled();
    }

    @Override
    public void check(EarlierSteps earlier) {
        family.results().forEach(result -> earlier.numbers(this, result));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.overModels(this);
    }
}
