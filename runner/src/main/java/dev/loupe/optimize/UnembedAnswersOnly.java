package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where logits are read at named positions only, no others are made. */
public final class UnembedAnswersOnly implements Rule {
    @Override
    public String name() {
        return "answer-only unembed";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        int changed = 0;
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward
                    && !forward.seesAfterBlocks()
                    && !forward.logits().only().equals(forward.logits())) {
                changed++;
                steps.add(forward.with(forward.captures(), forward.logits().only(), forward.stopLayer()));
            } else {
                steps.add(step);
            }
        }
        return changed == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(changed, "forward pass unembeds", "forward passes unembed")
                                + " only the positions that are read"));
    }
}
