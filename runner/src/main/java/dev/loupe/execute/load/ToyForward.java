package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.HiddenDropout;
import dev.loupe.model.toy.InstanceActivations;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.model.toy.ToyNetwork;
import dev.loupe.model.toy.ToyParameter;
import dev.loupe.train.ToyLoss;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The trained networks themselves, behind what analyses ask of them.
 *
 * @param weights by name, [instance, ...shape] row-major in the shape of the widest network
 * @param scope arrays are made in it
 */
public record ToyForward(ToyGrid grid, Map<String, float[]> weights, NDManager scope) implements ToyModel {
    @Override
    public int instances() {
        return grid.instances();
    }

    @Override
    public int hidden(int instance) {
        return grid.each().get(instance).hidden();
    }

    @Override
    public int widest() {
        return grid.widest().hidden();
    }

    @Override
    public boolean has(String name) {
        return weights.containsKey(name);
    }

    @Override
    public float[] parameter(String name) {
        float[] values = weights.get(name);
        if (values == null) {
            throw new IllegalArgumentException("a " + grid.widest().kind() + " has no parameter " + name + "; it has "
                    + String.join(", ", weights.keySet()));
        }
        return values;
    }

    @Override
    public float[] answers(int instance, float[] x) {
        try (NDManager own = scope.newSubManager()) {
            int rows = x.length / grid.widest().width();
            return network(instance, own, Map.of())
                    .output(vectors(x, rows, own), null)
                    .toFloatArray();
        }
    }

    @Override
    public float[] hidden(int instance, float[] x) {
        try (NDManager own = scope.newSubManager()) {
            ToyNetwork network = network(instance, own, Map.of());
            int rows = x.length / grid.widest().width();
            return network.hiddenPost(network.hiddenPre(vectors(x, rows, own)))
                    .get(new NDIndex().addAllDim(2).addSliceDim(0, hidden(instance)))
                    .toFloatArray();
        }
    }

    @Override
    public double trainedLoss(
            int instance, FeatureDataset data, Examples rows, DoubleSupplier uniform, Map<String, float[]> instead) {
        try (NDManager own = scope.newSubManager()) {
            NDArray x = vectors(rows.x(), rows.rows(), own);
            NDArray y = vectors(rows.y(), rows.rows(), own);
            NDArray output = network(instance, own, instead).output(x, keep(instance, rows.rows(), uniform, own));
            return ToyLoss.of(data, output, y, own).getFloat(0);
        }
    }

    private @Nullable NDArray keep(int instance, int rows, DoubleSupplier uniform, NDManager own) {
        double share = grid.each().get(instance).dropout();
        if (share == 0) {
            return null;
        }
        float[] keep = new float[rows * widest()];
        new HiddenDropout.Rows(rows, hidden(instance), widest()).fill(keep, 0, share, uniform);
        return own.create(keep, new Shape(1, rows, widest()));
    }

    /** One instance alone, in the shape of the widest. */
    private ToyNetwork network(int instance, NDManager own, Map<String, float[]> instead) {
        ToyConfig widest = grid.widest();
        Map<String, NDArray> alone = new HashMap<>();
        for (ToyParameter parameter : widest.parameters()) {
            float[] values = instead.get(parameter.name());
            if (values == null) {
                values = new float[parameter.size()];
                System.arraycopy(parameter(parameter.name()), instance * values.length, values, 0, values.length);
            }
            long[] shape = new long[parameter.shape().size() + 1];
            shape[0] = 1;
            for (int i = 1; i < shape.length; i++) {
                shape[i] = parameter.shape().get(i - 1);
            }
            alone.put(parameter.name(), own.create(values, new Shape(shape)));
        }
        ToyConfig config = grid.each().get(instance);
        return widest.network(alone, InstanceActivations.all(config.activation(), 1));
    }

    private static NDArray vectors(float[] values, int rows, NDManager own) {
        return own.create(values, new Shape(1, rows, values.length / rows));
    }
}
