package dev.loupe.resolve.model;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model without tokens is.
 *
 * @param data what it was trained on, with its sparsities and importances; null where it was not trained
 */
public record ToyUnit(ToyGrid grid, @Nullable FeatureDataset data) {
    /** The sizes that planning needs. */
    public ModelShape shape() {
        List<Axis> instances = grid.axes().entrySet().stream()
                .map(axis -> new Axis(axis.getKey(), axis.getValue()))
                .toList();
        long each = grid.widest().parameters().stream().mapToLong(p -> p.size()).sum();
        return new ModelShape(
                grid.widest().kind(),
                1,
                grid.widest().hidden(),
                1,
                1,
                1,
                0,
                grid.widest().width(),
                grid.widest().answers(),
                0,
                true,
                false,
                false,
                NamedArray.sizeOf(instances) * each,
                instances);
    }
}
