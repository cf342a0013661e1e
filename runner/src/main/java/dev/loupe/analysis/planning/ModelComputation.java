package dev.loupe.analysis.planning;

import dev.loupe.plan.Compute;
import dev.loupe.plan.ask.Computation;
import dev.loupe.result.NamedArray;

/** A computation on weights, with its arithmetic. */
public interface ModelComputation extends Computation {
    NamedArray compute(WeightAccess weights);

    /** Adds this computation on the planned model. */
    default int add(AnalysisPlanning planning) {
        return planning.builder().add(id -> new Compute(id, this, planning.load(), planning.model()));
    }
}
