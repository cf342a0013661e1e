package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.DistanceOfSets;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How far the numbers of one result in each model of an axis are from those of each other one, as sets.
 *
 * @param family the result in each model
 * @param between the axis of the models
 * @param sets the axes of one result, whose numbers are a set
 */
public record Distances(int id, FamilyResults family, Axis between, List<String> sets) implements ValueStep {
    public static final String PARTS = "part";

    public Distances {
        sets = List.copyOf(sets);
    }

    /** The axes that are read together, in the order of the result. */
    public List<String> compared() {
        List<String> all = new ArrayList<>(sets);
        all.add(0, between.name());
        return all;
    }

    /** The axes that take their place. */
    public List<Axis> into() {
        List<String> pairs = new ArrayList<>();
        for (int a = 0; a < between.size(); a++) {
            for (int b = a + 1; b < between.size(); b++) {
                pairs.add(between.labels().get(a) + " and " + between.labels().get(b));
            }
        }
        return List.of(
                new Axis(
                        PARTS,
                        Arrays.stream(DistanceOfSets.values())
                                .map(DistanceOfSets::word)
                                .toList()),
                new Axis("pair", pairs));
    }

    @Override
    public List<Integer> inputs() {
        return family.inputs();
    }

    @Override
    public Distances renamed(IntUnaryOperator names) {
        return new Distances(names.applyAsInt(id), family.renamed(names), between, sets);
    }

    @Override
    public String describe() {
        return "distances along " + between.name();
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> all = new ArrayList<>(family.axes(steps));
        all.removeIf(axis -> compared().contains(axis.name()));
        all.addAll(0, into());
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
        return arithmetic.distances(this);
    }
}
