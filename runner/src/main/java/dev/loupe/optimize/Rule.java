package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import java.util.Optional;

/**
 * One exact rewriting of a plan. Running the result gives the same numbers within 1e-5 of their scale, and costs no more.
 */
public interface Rule {
    /** Its name in {@code explain}. */
    String name();

    /** The rewritten plan, empty where the rule does not apply. */
    Optional<Rewrite> apply(ExecutionPlan plan);

    /** A rewritten plan and what was done, in words. */
    record Rewrite(ExecutionPlan plan, String did) {}
}
