package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ids in the order of the steps, so that every input has a smaller one. */
final class Ordered {
    private Ordered() {}

    static ExecutionPlan of(ExecutionPlan plan) {
        Map<Integer, Integer> names = new HashMap<>();
        plan.steps().forEach(step -> names.put(step.id(), names.size()));
        List<PlanStep> steps = plan.steps().stream()
                .map(s -> s.renamed(id -> names.getOrDefault(id, id)))
                .toList();
        Map<String, Integer> outputs = new LinkedHashMap<>();
        plan.outputs().forEach((name, id) -> outputs.put(name, names.getOrDefault(id, id)));
        return new ExecutionPlan(steps, outputs);
    }
}
