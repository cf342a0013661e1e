package dev.loupe.plan.build;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cells of a sweep whose steps are all there, of which the chosen ones are run.
 *
 * @param exact outputs {@code value}, a {@link ReadRows} with the sweep, and {@code zero}, the same reading before the edits
 */
public record SweptRuns(ExecutionPlan exact) implements RealRuns {
    /** @param steps of the whole sweep; their ids are of no account outside */
    public static SweptRuns of(LoadModel load, List<PlanStep> steps, int value, int zero) {
        Map<Integer, Integer> names = new HashMap<>();
        List<PlanStep> all = new ArrayList<>();
        all.add(load);
        all.addAll(steps);
        all.forEach(step -> names.put(step.id(), names.size()));
        Map<String, Integer> outputs = new LinkedHashMap<>();
        outputs.put(VALUE, names.getOrDefault(value, value));
        outputs.put(ZERO, names.getOrDefault(zero, zero));
        List<PlanStep> renamed = all.stream()
                .map(step -> step.renamed(old -> names.getOrDefault(old, old)))
                .toList();
        return new SweptRuns(new ExecutionPlan(renamed, outputs));
    }

    @Override
    public List<Integer> cells() {
        int id = exact.outputs().getOrDefault(VALUE, -1);
        ReadRows sweep = (ReadRows) exact.step(id);
        return IntStream.range(0, NamedArray.sizeOf(sweep.sweep()))
                .filter(i -> !sweep.absent().contains(i))
                .boxed()
                .toList();
    }

    @Override
    public ExecutionPlan only(List<Integer> chosen) {
        Map<Integer, Integer> place = new HashMap<>();
        chosen.forEach(cell -> place.put(cell, place.size()));
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : exact.steps()) {
            if (step instanceof Forward forward && !forward.clean()) {
                steps.add(forward.keeping(place));
            } else if (step instanceof ReadRows collect
                    && collect.id() == exact.outputs().getOrDefault(VALUE, -1)) {
                steps.add(new ReadRows(
                        collect.id(),
                        collect.reading(),
                        collect.forwards(),
                        List.of(Axis.counted("cell", chosen.size()))));
            } else {
                steps.add(step);
            }
        }
        return new ExecutionPlan(steps, exact.outputs());
    }
}
