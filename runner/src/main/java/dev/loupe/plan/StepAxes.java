package dev.loupe.plan;

import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The axes that a step's value will have, from the plan alone. */
public final class StepAxes {
    private StepAxes() {}

    /**
     * Its axes in their order, null where its value is no array.
     *
     * @param steps the plan's steps by id
     */
    public static @Nullable List<Axis> of(PlanStep step, IntFunction<PlanStep> steps) {
        if (step instanceof Compute compute) {
            return compute.computation().axes(compute.model().shape());
        }
        if (step instanceof Derived derived) {
            return of(steps.apply(derived.value()), steps);
        }
        if (step instanceof Differentiate gradient) {
            return gradient.estimate().axes(gradient.model().shape());
        }
        if (step instanceof Agreement agreement) {
            return List.of(agreement.axis());
        }
        if (step instanceof Recheck recheck) {
            return rechecked(recheck.estimate(), steps);
        }
        if (step instanceof RecheckRows recheck) {
            return rechecked(recheck.estimate(), steps);
        }
        if (step instanceof EstimateScatter points) {
            return points.axes();
        }
        if (step instanceof RankingOverlap overlap) {
            return overlap.axes();
        }
        if (step instanceof Pruned pruned) {
            return pruned.axes();
        }
        if (step instanceof ReadRows collect) {
            Forward first = (Forward) steps.apply(collect.forwards().get(0));
            List<Axis> axes =
                    new ArrayList<>(collect.reading().axes(first.model().shape()));
            axes.addAll(collect.sweep());
            return axes;
        }
        return null;
    }

    private static List<Axis> rechecked(int estimate, IntFunction<PlanStep> steps) {
        List<Axis> own = of(steps.apply(estimate), steps);
        List<Axis> both = new ArrayList<>(List.of(Recheck.VALUE));
        both.addAll(own == null ? List.of() : own);
        return both;
    }
}
