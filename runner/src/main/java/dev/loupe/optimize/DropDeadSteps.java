package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Steps that no output needs do not run. */
public final class DropDeadSteps implements Rule {
    @Override
    public String name() {
        return "drop dead steps";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        Set<Integer> live = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(plan.outputs().values());
        while (!open.isEmpty()) {
            int id = open.pop();
            if (live.add(id)) {
                open.addAll(plan.step(id).inputs());
            }
        }
        List<PlanStep> kept =
                plan.steps().stream().filter(s -> live.contains(s.id())).toList();
        int dropped = plan.steps().size() - kept.size();
        return dropped == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(new ExecutionPlan(kept, plan.outputs()), dropped + " steps"));
    }
}
