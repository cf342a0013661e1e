package dev.loupe.analysis.planning;

import dev.loupe.plan.values.FamilyResults;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * The results of another measurement in several models, as steps of the plan.
 *
 * @param kept the axes of the whole family on which one label is read
 * @param models the axes that the models form, in the order of the steps, the last axis fastest; none for one model
 * @param steps one for each model
 * @param axes those of one model's result, without the axis of its parts
 * @param partsAxis the axis whose labels are results of their own, empty where the whole result is read
 * @param part the index on that axis
 * @param sampled whether rows that can be drawn again were read
 * @param groups whether the rows are pseudo-values, groups of documents left out in turn
 */
public record ModelResults(
        List<Axis> kept,
        List<Axis> models,
        List<Integer> steps,
        List<Axis> axes,
        String partsAxis,
        int part,
        boolean sampled,
        boolean groups) {
    public ModelResults {
        kept = List.copyOf(kept);
        models = List.copyOf(models);
        steps = List.copyOf(steps);
        axes = List.copyOf(axes);
    }

    /** The same as a step of the plan reads it. */
    public FamilyResults family() {
        return new FamilyResults(steps, models, partsAxis, part, sampled, groups);
    }
}
