package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps only the activations and logits that a later step reads. */
public final class DropUnreadCaptures implements Rule {
    @Override
    public String name() {
        return "drop unread captures";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        Map<Integer, Set<HookPoint>> read = new HashMap<>();
        Map<Integer, LogitsRead> logits = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof RowReader reader) {
                reader.forwards().forEach(id -> note(plan, id, reader.reading(), read, logits));
            } else if (step instanceof Forward forward) {
                patched(forward, read);
            }
        }
        int dropped = 0;
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward) {
                Set<HookPoint> wanted = read.getOrDefault(forward.id(), Set.of());
                LogitsRead needed = logits.getOrDefault(forward.id(), LogitsRead.NONE);
                List<HookPoint> kept =
                        forward.captures().stream().filter(wanted::contains).toList();
                dropped += forward.captures().size() - kept.size() + (needed.equals(forward.logits()) ? 0 : 1);
                steps.add(forward.with(kept, needed, forward.stopLayer()));
            } else {
                steps.add(step);
            }
        }
        return dropped == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(
                                dropped,
                                "unread value (activation or logits)",
                                "unread values (activations or logits)")));
    }

    private static void note(
            ExecutionPlan plan,
            int id,
            Readout reading,
            Map<Integer, Set<HookPoint>> read,
            Map<Integer, LogitsRead> logits) {
        read.computeIfAbsent(id, k -> new LinkedHashSet<>())
                .addAll(reading.captures(plan.forward(id).model().shape()));
        logits.merge(id, reading.logits(), LogitsRead::and);
    }

    private static void patched(Forward forward, Map<Integer, Set<HookPoint>> read) {
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                if (edit.value().run() >= 0) {
                    read.computeIfAbsent(edit.value().run(), k -> new LinkedHashSet<>())
                            .addAll(edit.value().reads(edit.point()));
                }
            }
        }
        if (forward.resumeFrom() >= 0) {
            read.computeIfAbsent(forward.resumeFrom(), k -> new LinkedHashSet<>())
                    .addAll(forward.needed());
        }
    }
}
