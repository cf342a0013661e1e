package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.Scaling;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attention-only network without norms as one would write it straight over DJL arrays: no hooks, no instance axis,
 * queries, keys and values in one product. It has the biases of ours, so that the arithmetic is the same.
 */
record BareAttention(TransformerConfig config) {
    /** Shapes by name, in the order of computation. */
    Map<String, Shape> shapes() {
        int d = config.dModel();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("E", new Shape(config.dVocab(), d));
        shapes.put("P", new Shape(config.nCtx(), d));
        for (int l = 0; l < config.nLayers(); l++) {
            shapes.put("QKV" + l, new Shape(d, 3L * d));
            shapes.put("bQKV" + l, new Shape(3L * d));
            shapes.put("O" + l, new Shape(d, d));
            shapes.put("bO" + l, new Shape(d));
        }
        shapes.put("U", new Shape(d, config.dVocabOut()));
        shapes.put("bU", new Shape(config.dVocabOut()));
        return shapes;
    }

    /** 0 where a key may be seen, minus infinity elsewhere: [query, key]. */
    static NDArray mask(NDManager manager, int length) {
        float[] hidden = new float[length * length];
        for (int q = 0; q < length; q++) {
            for (int k = q + 1; k < length; k++) {
                hidden[q * length + k] = Float.NEGATIVE_INFINITY;
            }
        }
        return manager.create(hidden, new Shape(length, length));
    }

    /**
     * Logits of every position.
     *
     * @param tokens int64 [row, pos]
     * @return [row, pos, class]
     */
    NDArray logits(Map<String, NDArray> w, NDArray tokens, NDArray mask) {
        int heads = config.nHeads();
        int d = config.dModel();
        long rows = tokens.getShape().get(0);
        long length = tokens.getShape().get(1);
        NDArray x = tokens.oneHot(config.dVocab(), DataType.FLOAT32).matMul(get(w, "E"));
        x = x.add(length == config.nCtx() ? get(w, "P") : get(w, "P").get(":" + length));
        for (int l = 0; l < config.nLayers(); l++) {
            NDList parts = x.matMul(get(w, "QKV" + l)).addi(get(w, "bQKV" + l)).split(3, 2);
            NDArray q = byHead(parts.get(0), rows, length, heads);
            NDArray k = byHead(parts.get(1), rows, length, heads);
            NDArray v = byHead(parts.get(2), rows, length, heads);
            NDArray scores = Scaling.times(q, 1 / Math.sqrt(d / (double) heads)).matMul(k.swapAxes(2, 3));
            NDArray z = scores.addi(mask).softmax(-1).matMul(v);
            NDArray out = z.swapAxes(1, 2).reshape(rows, length, d).matMul(get(w, "O" + l));
            x = x.add(out.addi(get(w, "bO" + l)));
        }
        return x.matMul(get(w, "U")).addi(get(w, "bU"));
    }

    private static NDArray byHead(NDArray x, long rows, long length, int heads) {
        return x.reshape(rows, length, heads, -1).swapAxes(1, 2);
    }

    private static NDArray get(Map<String, NDArray> weights, String name) {
        NDArray found = weights.get(name);
        if (found == null) {
            throw new IllegalStateException("no weight " + name);
        }
        return found;
    }
}
