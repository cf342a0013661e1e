package dev.loupe.analysis.planning;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * Models that a measurement compares its own model with.
 *
 * @param axes those of their family, none for a single model
 * @param models one for each combination of labels, the last axis fastest
 * @param loads the steps that make them available
 */
public record OtherModels(List<Axis> axes, List<ModelRef> models, List<Integer> loads) {
    public OtherModels {
        axes = List.copyOf(axes);
        models = List.copyOf(models);
        loads = List.copyOf(loads);
    }
}
