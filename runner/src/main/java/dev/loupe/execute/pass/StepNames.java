package dev.loupe.execute.pass;

import dev.loupe.execute.keep.StepKeys;
import dev.loupe.plan.ExecutionPlan;
import java.util.HashMap;
import java.util.Map;

/**
 * What the value of each step is kept under: its content, and for what is read in a pass also how many rows a batch of that
 * pass has, since other batches would give other last bits.
 */
public final class StepNames {
    private StepNames() {}

    public static Map<Integer, String> of(ExecutionPlan plan) {
        Map<Integer, String> keys = StepKeys.of(plan);
        Map<Integer, String> names = new HashMap<>(keys);
        for (Schedule.Group group : Schedule.of(plan)) {
            if (group.pass()) {
                int rows = Schedule.rowsPerBatch(plan, group.steps());
                group.steps().forEach(step -> names.put(step.id(), keys.get(step.id()) + "-" + rows));
            }
        }
        return names;
    }
}
