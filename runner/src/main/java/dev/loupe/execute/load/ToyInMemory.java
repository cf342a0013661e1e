package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.resolve.model.ToyUnit;
import dev.loupe.tensors.Sha256;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Networks without tokens in memory: named weights. */
final class ToyInMemory implements LoadedModel {
    private final ToyGrid grid;
    private final ModelShape shape;
    private final Map<String, float[]> weights;
    private final NDManager manager;

    /** @param weights by name, [instance, ...shape] row-major in the shape of the widest network */
    ToyInMemory(ToyUnit unit, Map<String, float[]> weights, NDManager manager) {
        this.grid = unit.grid();
        this.shape = unit.shape();
        this.weights = new TreeMap<>(weights);
        this.manager = manager;
    }

    @Override
    public @Nullable Transformer transformer() {
        return null;
    }

    @Override
    public WeightAccess weights(NDManager scope) {
        return new WeightAccess() {
            @Override
            public ModelShape shape() {
                return shape;
            }

            @Override
            public ToyModel toy() {
                return new ToyForward(grid, weights, scope);
            }

            @Override
            public NDArray tensor(String name) {
                float[] values = toy().parameter(name);
                return scope.create(values, new Shape(grid.instances(), values.length / grid.instances()));
            }

            @Override
            public boolean has(String name) {
                return weights.containsKey(name);
            }

            @Override
            public NDArray perHead(int layer, String matrix) {
                throw noTransformer();
            }

            @Override
            public NDArray inCircuit(int layer, String matrix) {
                throw noTransformer();
            }

            @Override
            public NDArray asked(int layer, int head, String matrix, NDArray input) {
                throw noTransformer();
            }

            @Override
            public NDArray writtenByNeurons(int layer) {
                throw noTransformer();
            }

            @Override
            public NDArray readOfNeurons(int layer) {
                throw noTransformer();
            }

            @Override
            public double scoreDivisor(int layer) {
                throw noTransformer();
            }

            @Override
            public NDArray effectiveEmbedding(NDArray ids) {
                throw noTransformer();
            }

            @Override
            public NDArray readByNeurons(int layer, String matrix) {
                throw noTransformer();
            }

            @Override
            public NDArray beforeAttention(int layer, NDArray residual) {
                throw noTransformer();
            }

            @Override
            public NDArray unembed(NDArray residual) {
                throw noTransformer();
            }
        };
    }

    private IllegalArgumentException noTransformer() {
        return new IllegalArgumentException("a " + shape.kind() + " has no heads, blocks or tokens");
    }

    @Override
    public String hash() {
        StringBuilder text = new StringBuilder();
        weights.forEach((name, values) ->
                text.append(name).append(Arrays.hashCode(values)).append(';'));
        return Sha256.of(text.toString());
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
