package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Equal steps run once: clean and corrupted baselines serve every measurement that wants them. Forward passes are equal when
 * they run the same model on the same rows with the same edits; their captures and logits are united.
 */
public final class ShareEqualForwards implements Rule {
    @Override
    public String name() {
        return "share equal forwards";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        Map<Integer, Integer> names = new HashMap<>();
        Map<PlanStep, PlanStep> first = new LinkedHashMap<>();
        int shared = 0;
        for (PlanStep step : plan.steps()) {
            PlanStep renamed = step.renamed(id -> names.getOrDefault(id, id));
            PlanStep key = key(renamed);
            PlanStep twin = first.get(key);
            if (twin == null) {
                first.put(key, renamed);
            } else {
                names.put(step.id(), twin.id());
                shared += step instanceof Forward ? 1 : 0;
                first.put(key, united(twin, renamed));
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> outputs = new LinkedHashMap<>();
        plan.outputs().forEach((name, id) -> outputs.put(name, names.getOrDefault(id, id)));
        return Optional.of(new Rewrite(
                new ExecutionPlan(new ArrayList<>(first.values()), outputs),
                Count.of(shared, "forward pass shares", "forward passes share") + " the run of an equal one"));
    }

    /** What must be equal: everything but the id, what is read and how rows are batched. */
    private static PlanStep key(PlanStep step) {
        if (step instanceof Forward f) {
            return f.part(-1, f.cells())
                    .with(List.of(), LogitsRead.NONE, f.model().shape().layers())
                    .inBatchesOfRows(0);
        }
        return step.renamed(id -> id == step.id() ? -1 : id);
    }

    private static PlanStep united(PlanStep one, PlanStep other) {
        if (!(one instanceof Forward a) || !(other instanceof Forward b)) {
            return one;
        }
        Set<HookPoint> captures = new LinkedHashSet<>(a.captures());
        captures.addAll(b.captures());
        return a.with(new ArrayList<>(captures), a.logits().and(b.logits()), Math.max(a.stopLayer(), b.stopLayer()))
                .inBatchesOfRows(Math.min(a.rowsPerBatch(), b.rowsPerBatch()));
    }
}
