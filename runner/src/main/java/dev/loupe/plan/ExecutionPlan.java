package dev.loupe.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An immutable plan: steps in an order in which every input comes first, and which step's value each output is.
 *
 * @param outputs output name to step id; only these values outlive the run
 */
public record ExecutionPlan(List<PlanStep> steps, Map<String, Integer> outputs) {
    public ExecutionPlan {
        steps = List.copyOf(steps);
        outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        EarlierSteps.check(steps, outputs);
    }

    public PlanStep step(int id) {
        return Objects.requireNonNull(
                steps.stream().filter(s -> s.id() == id).findFirst().orElse(null), "no step #" + id);
    }

    public Forward forward(int id) {
        if (step(id) instanceof Forward forward) {
            return forward;
        }
        throw new IllegalArgumentException("step #" + id + " is not a forward pass");
    }

    public long flops() {
        return steps.stream().mapToLong(PlanStep::flops).sum();
    }
}
