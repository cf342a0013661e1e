package dev.loupe.analysis.toys;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.execute.load.ToyForward;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.PlantedNetwork;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.resolve.model.ToyUnit;
import dev.loupe.result.Axis;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks without tokens whose weights a test writes. */
public record WrittenToy(ToyGrid grid, Map<String, float[]> parameters, NDManager manager) implements WeightAccess {
    public static WrittenToy of(PlantedNetwork planted, NDManager manager) {
        return new WrittenToy(ToyGrid.single(planted.config()), planted.weights(), manager);
    }

    /** Copies of one network. */
    public static WrittenToy copies(ToyConfig config, int copies, Map<String, float[]> parameters, NDManager manager) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("sparsity", List.of("0.5"));
        axes.put("copy", Axis.counted("copy", copies).labels());
        return new WrittenToy(
                new ToyGrid(config, Collections.nCopies(copies, config), Collections.nCopies(copies, 0.5), axes),
                parameters,
                manager);
    }

    @Override
    public ModelShape shape() {
        return new ToyUnit(grid, null).shape();
    }

    @Override
    public ToyModel toy() {
        return new ToyForward(grid, parameters, manager);
    }

    @Override
    public NDArray tensor(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    @Override
    public NDArray perHead(int layer, String matrix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray inCircuit(int layer, String matrix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray asked(int layer, int head, String matrix, NDArray input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray writtenByNeurons(int layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray readOfNeurons(int layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double scoreDivisor(int layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray effectiveEmbedding(NDArray ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray readByNeurons(int layer, String matrix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray beforeAttention(int layer, NDArray residual) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray unembed(NDArray residual) {
        throw new UnsupportedOperationException();
    }
}
