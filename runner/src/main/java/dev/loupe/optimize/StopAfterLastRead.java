package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where no logits are wanted a run stops after the last block that is read. */
public final class StopAfterLastRead implements Rule {
    @Override
    public String name() {
        return "stop after last read";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        int saved = 0;
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward && !forward.unembeds()) {
                int last = forward.captures().stream()
                        .mapToInt(HookPoint::layer)
                        .max()
                        .orElse(-1);
                int stop = Math.max(forward.startLayer(), last + 1);
                saved += forward.stopLayer() - stop;
                steps.add(forward.with(forward.captures(), forward.logits(), stop));
            } else {
                steps.add(step);
            }
        }
        return saved == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(saved, "block is", "blocks are") + " not run"));
    }
}
