package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The small plans that a recheck asks for while the plan runs are optimized like any other. */
public final class OptimizeRechecks implements Rule {
    @Override
    public String name() {
        return "optimize rechecks";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        List<PlanStep> steps = new ArrayList<>();
        int found = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Recheck recheck && !(recheck.runs() instanceof Optimized)) {
                steps.add(new Recheck(recheck.id(), recheck.estimate(), new Optimized(recheck.runs()), recheck.best()));
                found++;
            } else {
                steps.add(step);
            }
        }
        return found == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(found, "recheck runs an optimized plan", "rechecks run optimized plans")));
    }

    /** The same runs by the optimized plan. */
    private record Optimized(RealRuns runs) implements RealRuns {
        @Override
        public List<Integer> cells() {
            return runs.cells();
        }

        @Override
        public ExecutionPlan only(List<Integer> chosen) {
            return PlanOptimizer.optimize(runs.only(chosen)).plan();
        }
    }
}
