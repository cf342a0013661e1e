package dev.loupe.execute;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.tensors.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names every step by content: equal keys are equal work on equal inputs, whatever the ids are. */
final class StepKeys {
    private StepKeys() {}

    static Map<Integer, String> of(ExecutionPlan plan) {
        Map<Integer, String> keys = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            // An id becomes its place among the inputs, whose keys follow.
            List<Integer> inputs = step.inputs();
            StringBuilder text = new StringBuilder(StepText.of(step.renamed(inputs::indexOf)));
            inputs.forEach(in -> text.append('|').append(keys.get(in)));
            keys.put(step.id(), Sha256.of(text.toString()));
        }
        return keys;
    }
}
