package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * What is said of one result as a curve along an axis of its models or its own.
 *
 * @param family the result in each model
 * @param at the numbers that label the axis
 */
public record ChangePoints(int id, FamilyResults family, String along, List<Double> at, List<CurvePart> parts)
        implements ValueStep {
    /** Fewer points above 0 say nothing of the form of a change. */
    public static final int FEWEST = 8;

    public static final String PARTS = "part";

    public ChangePoints {
        at = List.copyOf(at);
        parts = List.copyOf(parts);
    }

    @Override
    public List<Integer> inputs() {
        return family.inputs();
    }

    @Override
    public ChangePoints renamed(IntUnaryOperator names) {
        return new ChangePoints(names.applyAsInt(id), family.renamed(names), along, at, parts);
    }

    @Override
    public String describe() {
        return "change points along " + along;
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> all = new ArrayList<>(family.axes(steps));
        all.removeIf(axis -> axis.name().equals(along));
        all.add(0, new Axis(PARTS, parts.stream().map(CurvePart::word).toList()));
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
        return arithmetic.changePoints(this);
    }
}
