package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.HiddenDropout;
import dev.loupe.model.toy.InstanceActivations;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.model.toy.ToyParameter;
import dev.loupe.train.step.Noise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Training of networks without tokens: one or more whole grids, each instance with its own seed, activation, dropout, width and
 * sparsity.
 *
 * @param grid of one seed
 * @param seeds one per instance, those of the first grid first; equal seeds give equal initial weights and data
 * @param rows the rows of a step
 */
public record ToyTask(ToyGrid grid, FeatureDataset data, long[] seeds, StepRows rows) implements Trainable {
    public ToyTask {
        if (seeds.length == 0 || seeds.length % grid.instances() != 0) {
            throw new IllegalArgumentException(seeds.length + " seeds for grids of " + grid.instances());
        }
    }

    @Override
    public int instances() {
        return seeds.length;
    }

    @Override
    public ParameterLayout layout() {
        return layoutOf(grid.widest());
    }

    static ParameterLayout layoutOf(ToyConfig config) {
        return new ParameterLayout(config.parameters().stream()
                .map(p -> new ParameterLayout.Slot(p.name(), p.shape()))
                .toList());
    }

    private ToyConfig config(int instance) {
        return grid.each().get(instance % grid.instances());
    }

    /** The network's own initial values, in the corner of the widest network's parameters. */
    @Override
    public float[] initial(int instance) {
        return initial(grid, instance % grid.instances(), seeds[instance]);
    }

    static float[] initial(ToyGrid grid, int instance, long seed) {
        List<ToyParameter> own = grid.each().get(instance).parameters();
        List<ToyParameter> widest = grid.widest().parameters();
        Map<String, float[]> named = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            ToyParameter parameter = own.get(i);
            float[] values = parameter.deviation() == 0
                    ? new float[parameter.size()]
                    : Noise.of(seed, parameter.stream(), 0).normal(parameter.size(), parameter.deviation());
            named.put(parameter.name(), parameter.widened(values, widest.get(i)));
        }
        return layoutOf(grid.widest()).join(named);
    }

    @Override
    public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
        StepRows.Batch batch = rows.of(this, step, scope);
        InstanceActivations activations = grid.activations(seeds.length / grid.instances());
        NDArray output = grid.widest().network(parameters, activations).output(batch.x(), keep(step, scope));
        return ToyLoss.of(data, output, batch.y(), scope);
    }

    /** The first instance of the same grid that has the same rows: that of the same seed and sparsity. */
    int sameRowsAs(int instance) {
        int place = instance % grid.instances();
        return instance - place + place % grid.perPoint();
    }

    /** Draws an instance's own rows of a step. */
    void draw(int instance, long step, int count, Examples into, int from) {
        double sparsity = grid.sparsity().isEmpty() ? 0 : grid.sparsity().get(instance % grid.instances());
        data.fill(Noise.seed(seeds[instance], "data", step), count, sparsity, into, from);
    }

    private @Nullable NDArray keep(long step, NDManager scope) {
        if (!grid.drops()) {
            return null;
        }
        int hidden = grid.widest().hidden();
        int each = rows.perStep() * hidden;
        float[] keep = new float[seeds.length * each];
        for (int i = 0; i < seeds.length; i++) {
            HiddenDropout.Rows own =
                    new HiddenDropout.Rows(rows.perStep(), config(i).hidden(), hidden);
            own.fill(keep, i * each, config(i).dropout(), Noise.of(seeds[i], "dropout", step)::uniform);
        }
        return scope.create(keep, new Shape(seeds.length, rows.perStep(), hidden));
    }
}
