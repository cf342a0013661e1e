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

    /** Their axes beside the axes of the measurement's own model, which may have the same names: {@code with-seed}. */
    public List<Axis> besideOwn() {
        return axes.stream()
                .map(axis -> new Axis("with-" + axis.name(), axis.labels()))
                .toList();
    }
}
