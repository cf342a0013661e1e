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

    /** Plans of hundreds of models ask for steps very often, so it is looked for where it is if ids rise with the steps. */
    public PlanStep step(int id) {
        int low = 0;
        int high = steps.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            PlanStep step = steps.get(middle);
            if (step.id() == id) {
                return step;
            }
            low = step.id() < id ? middle + 1 : low;
            high = step.id() < id ? high : middle - 1;
        }
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
