package dev.loupe.execute.pass;

import dev.loupe.execute.keep.StepKeys;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import java.util.HashMap;
import java.util.List;
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
        Map<Integer, StepValue> done = new HashMap<>();
        List<PlanStep> open = PlanRunner.valued(plan);
        while (!open.isEmpty()) {
            List<PlanStep> next = PlanRunner.next(plan, open, done);
            if (next.get(0).turn() == PlanStep.Turn.ROWS) {
                int rows = PlanRunner.rowsPerBatch(plan, next);
                next.forEach(step -> names.put(step.id(), keys.get(step.id()) + "-" + rows));
            }
            open.removeAll(next);
            next.forEach(step -> done.put(step.id(), DONE));
        }
        return names;
    }

    private static final StepValue DONE = new StepValue.Examples(List.of());
}
