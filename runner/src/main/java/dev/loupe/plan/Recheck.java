package dev.loupe.plan;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Runs the largest cells of an estimate for real. Which they are is known only when the estimate is: the step carries the plan
 * of the whole exact sweep, of which it runs the chosen cells. The value has the axis {@link #VALUE} and those of the
 * estimate; exact values are undefined where nothing was run.
 *
 * @param estimate the step whose value has the cells of the sweep
 * @param exact outputs {@code value}, a {@link Collect} with the sweep, and {@code zero}, the same reading before the edits
 * @param best how many cells are run
 */
public record Recheck(int id, int estimate, ExecutionPlan exact, int best) implements PlanStep {
    /** The leading axis of the value: the estimate and what a real run gives. */
    public static final Axis VALUE = new Axis("value", List.of("estimate", "exact"));

    private static final String CELLS = "value";

    /** @param steps of the whole sweep; their ids are of no account outside */
    public static Recheck of(
            int id, int estimate, LoadModel load, List<PlanStep> steps, int value, int zero, int best) {
        Map<Integer, Integer> names = new HashMap<>();
        List<PlanStep> all = new ArrayList<>();
        all.add(load);
        all.addAll(steps);
        all.forEach(step -> names.put(step.id(), names.size()));
        Map<String, Integer> outputs = new LinkedHashMap<>();
        outputs.put(CELLS, names.getOrDefault(value, value));
        outputs.put("zero", names.getOrDefault(zero, zero));
        List<PlanStep> renamed = all.stream()
                .map(step -> step.renamed(old -> names.getOrDefault(old, old)))
                .toList();
        return new Recheck(id, estimate, new ExecutionPlan(renamed, outputs), best);
    }

    private Collect sweep() {
        return (Collect)
                exact.step(java.util.Objects.requireNonNull(exact.outputs().get(CELLS)));
    }

    /** Cells of the sweep. */
    public int cells() {
        return NamedArray.sizeOf(sweep().sweep()) - sweep().absent().size();
    }

    /** Cells that the model does not have. */
    public List<Integer> absent() {
        return sweep().absent();
    }

    /** The plan that runs these cells alone; its value has one axis {@code cell} in their order. */
    public ExecutionPlan only(List<Integer> chosen) {
        Map<Integer, Integer> place = new HashMap<>();
        chosen.forEach(cell -> place.put(cell, place.size()));
        List<Integer> dropped = new ArrayList<>();
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : exact.steps()) {
            if (step instanceof Forward forward && !forward.clean()) {
                Forward some = forward.keeping(place);
                if (some.cells().isEmpty()) {
                    dropped.add(forward.id());
                } else {
                    steps.add(some);
                }
            } else if (step instanceof Collect collect && !collect.sweep().isEmpty()) {
                List<Integer> left = collect.forwards().stream()
                        .filter(id -> !dropped.contains(id))
                        .toList();
                steps.add(new Collect(
                        collect.id(), collect.reading(), left, List.of(Axis.counted("cell", chosen.size()))));
            } else {
                steps.add(step);
            }
        }
        return new ExecutionPlan(steps, exact.outputs());
    }

    /** Rough count of operations: the share of the sweep that is run. */
    long flops() {
        long once = 0;
        long sweeps = 0;
        for (PlanStep step : exact.steps()) {
            if (step instanceof Forward forward && !forward.clean()) {
                sweeps += Cost.flops(forward);
            } else {
                once += Cost.flops(step);
            }
        }
        return once + (long) ((double) sweeps * Math.min(best, cells()) / Math.max(1, cells()));
    }

    @Override
    public List<Integer> inputs() {
        return List.of(estimate);
    }

    @Override
    public Recheck renamed(IntUnaryOperator names) {
        return new Recheck(names.applyAsInt(id), names.applyAsInt(estimate), exact, best);
    }

    @Override
    public String describe() {
        return "run the largest " + Math.min(best, cells()) + " of " + cells() + " cells";
    }
}
