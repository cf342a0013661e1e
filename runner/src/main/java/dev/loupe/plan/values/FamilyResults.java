package dev.loupe.plan.values;

import dev.loupe.plan.PlanStep;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * One result in several models.
 *
 * @param results the step of each model
 * @param leading the axes that the models form, the last axis fastest
 * @param partsAxis the axis of which one label is read, empty where the result is read whole
 * @param part its index
 * @param sampled whether rows that can be drawn again were read
 * @param groups whether the rows are pseudo-values, groups of documents left out in turn
 */
public record FamilyResults(
        List<Integer> results, List<Axis> leading, String partsAxis, int part, boolean sampled, boolean groups) {
    public FamilyResults {
        results = List.copyOf(results);
        leading = List.copyOf(leading);
    }

    List<Integer> inputs() {
        return results.stream().distinct().toList();
    }

    FamilyResults renamed(IntUnaryOperator names) {
        return new FamilyResults(
                results.stream().map(names::applyAsInt).toList(), leading, partsAxis, part, sampled, groups);
    }

    /** The axes of all models together, then those of one result that is read. */
    List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> all = new ArrayList<>(leading);
        List<Axis> own = steps.apply(results.get(0)).axes(steps);
        all.addAll(own == null ? List.of() : own);
        all.removeIf(axis -> axis.name().equals(partsAxis));
        return all;
    }
}
