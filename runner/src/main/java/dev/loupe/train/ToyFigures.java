package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.features.Objective;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import dev.loupe.train.step.Noise;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a grid of networks without tokens does on rows that its training never took: for every point of the grid the least
 * loss of its copies, and for classes the greatest accuracy.
 */
final class ToyFigures {
    private ToyFigures() {}

    static Map<String, Double> measure(ToyGrid grid, FeatureDataset data, SafetensorsFile file, NDManager scope) {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (String name : file.names()) {
            Tensor tensor = file.tensor(name);
            parameters.put(name, scope.create(tensor.floats(), new Shape(tensor.shape())));
        }
        int rows = data.enumerated() > 0 ? data.enumerated() : HeldOutFigures.ROWS;
        Examples drawn = Examples.of(data, rows * grid.instances());
        for (int i = 0; i < grid.instances(); i++) {
            double sparsity = grid.sparsity().isEmpty() ? 0 : grid.sparsity().get(i);
            data.fill(Noise.seed(HeldOutFigures.SEED, "held-out", i), rows, sparsity, drawn, i * rows);
        }
        StepRows.Batch batch = StepRows.Batch.of(drawn, grid.instances(), scope);
        NDArray output = grid.widest().network(parameters, grid.activations(1)).output(batch.x(), null);
        float[] losses = ToyLoss.of(data, output, batch.y(), scope).toFloatArray();
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < losses.length; i++) {
            figures.merge(point(grid, i) + "least loss", (double) losses[i], Math::min);
        }
        if (data.objective() == Objective.CROSS_ENTROPY) {
            NDArray right = output.argMax(-1).eq(batch.y().argMax(-1));
            float[] shares = right.toType(output.getDataType(), false)
                    .mean(new int[] {1})
                    .toFloatArray();
            for (int i = 0; i < shares.length; i++) {
                figures.merge(point(grid, i) + "greatest accuracy", (double) shares[i], Math::max);
            }
        }
        return figures;
    }

    /** What an instance stands for, without its copy: {@code dropout 0.1 sparsity 0.9 }. */
    private static String point(ToyGrid grid, int instance) {
        StringBuilder words = new StringBuilder();
        int inner = grid.instances();
        int at = instance;
        for (var axis : grid.axes().entrySet()) {
            inner /= axis.getValue().size();
            if (!axis.getKey().equals("copy")) {
                words.append(axis.getKey())
                        .append(' ')
                        .append(axis.getValue().get(at / inner))
                        .append(' ');
            }
            at %= inner;
        }
        return words.toString();
    }
}
