package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.toy.PairEmbeddingMlp;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Training of a pair-embedding MLP on classified pairs, cross entropy over all rows.
 *
 * @param seeds one per instance
 * @param rows per step and instance
 */
public record PairTask(PairEmbeddingMlpConfig config, long[] seeds, PairSource source, int rows) implements Trainable {
    @Override
    public int instances() {
        return seeds.length;
    }

    @Override
    public ParameterLayout layout() {
        List<ParameterLayout.Slot> slots = new ArrayList<>();
        slots.add(new ParameterLayout.Slot("A", config.inputs(), config.hidden()));
        if (!config.shared()) {
            slots.add(new ParameterLayout.Slot("B", config.inputs(), config.hidden()));
        }
        slots.add(new ParameterLayout.Slot("U", config.hidden(), config.classes()));
        return new ParameterLayout(slots);
    }

    /** Embeddings and unembedding normal with variance 1 / (size of the space they write from). */
    @Override
    public float[] initial(int instance) {
        Map<String, float[]> named = new HashMap<>();
        for (ParameterLayout.Slot slot : layout().slots()) {
            double deviation = 1 / Math.sqrt(slot.shape().get(0));
            named.put(
                    slot.name(),
                    Noise.of(seeds[instance], "init " + slot.name(), 0).normal(slot.size(), deviation));
        }
        return layout().join(named);
    }

    @Override
    public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
        int inputs = config.inputs();
        int classes = config.classes();
        float[] first = new float[seeds.length * rows * inputs];
        float[] second = new float[first.length];
        float[] weights = new float[seeds.length * rows * classes];
        for (int i = 0; i < seeds.length; i++) {
            int[][] pairs = source.draw(Noise.seed(seeds[i], "data", step), rows);
            for (int r = 0; r < rows; r++) {
                int row = i * rows + r;
                first[row * inputs + pairs[r][0]] = 1;
                second[row * inputs + pairs[r][1]] = 1;
                weights[row * classes + pairs[r][2]] = 1f / rows;
            }
        }
        Shape in = new Shape(seeds.length, rows, inputs);
        NDArray logits =
                PairEmbeddingMlp.of(config, parameters).logits(scope.create(first, in), scope.create(second, in));
        return Classes.crossEntropy(logits, scope.create(weights, new Shape(seeds.length, rows, classes)));
    }
}
