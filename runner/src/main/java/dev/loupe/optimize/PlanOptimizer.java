package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies rules in a fixed order. Every plan it passes through was checked when it was made. */
public final class PlanOptimizer {
    /**
     * All rules, in order: dead steps go before equal ones are shared, these before models are compared together, captures before a run is cut short,
     * logits before positions are left out, and cells share batches when it is known which start together.
     */
    public static final List<Rule> RULES = List.of(
            new DropDeadSteps(),
            new ShareEqualForwards(),
            new CompareTogether(),
            new DropUnreadCaptures(),
            new StopAfterLastRead(),
            new UnembedAnswersOnly(),
            new ResumeAtFirstEdit(),
            new ChangedPositionsOnly(),
            new LastRowsOnly(),
            new BatchSweepCells(),
            new OptimizeRechecks());

    private PlanOptimizer() {}

    /** An optimized plan and what each rule did. */
    public record Optimized(ExecutionPlan plan, List<String> did) {}

    public static Optimized optimize(ExecutionPlan plan) {
        return optimize(plan, RULES);
    }

    public static Optimized optimize(ExecutionPlan plan, List<Rule> rules) {
        ExecutionPlan current = plan;
        List<String> did = new ArrayList<>();
        for (Rule rule : rules) {
            Optional<Rule.Rewrite> rewrite = rule.apply(current);
            if (rewrite.isPresent()) {
                did.add(rule.name() + ": " + rewrite.get().did());
                current = rewrite.get().plan();
            }
        }
        return new Optimized(current, did);
    }
}
