package dev.loupe.analysis.planning;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ask.Computation;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;

/** A computation on weights that ends in tokens; their text is added later. */
public interface TokenComputation extends Computation {
    StepValue.Rankings rank(WeightAccess weights);

    /** It has no numbers of its own. */
    @Override
    default List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    /** Adds this computation on the planned model. */
    default int add(AnalysisPlanning planning) {
        return planning.builder().add(id -> new Compute(id, this, planning.load(), planning.model()));
    }
}
