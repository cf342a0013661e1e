package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.metric.LogitDirection;
import dev.loupe.model.Parameters;
import dev.loupe.model.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** What attribution reads of a model's weights; results live in {@code scope}. */
record OutputWeights(Parameters parameters, NDManager scope) {
    LogitDirection direction(int[] right, int[] wrong) {
        TransformerConfig config = parameters.config();
        // [asked, d_model]
        NDArray columns = columns(right).sub(columns(wrong));
        NDArray bias = entries("unembed.b_U", right).sub(entries("unembed.b_U", wrong));
        NDArray shift = find("ln_final.b");
        if (shift != null) {
            bias = bias.add(columns.mul(shift).sum(new int[] {1}));
        }
        NDArray gain = find("ln_final.w");
        NDArray direction = gain == null ? columns : columns.mul(gain);
        if (config.finalNormalization().centres()) {
            direction = direction.sub(direction.mean(new int[] {1}, true));
        }
        return new LogitDirection(direction, bias.toFloatArray());
    }

    /** [n, d_model] to [n, head, d_head]: each direction times the transposed W_O of each head. */
    NDArray throughHeads(int layer, NDArray directions) {
        TransformerConfig config = parameters.config();
        NDArray out = needed("blocks." + layer + ".attn.W_O");
        NDArray transposed = out.reshape(-1, config.dModel()).transpose();
        transposed.attach(scope);
        return directions.matMul(transposed).reshape(-1, config.nHeads(), config.dHead());
    }

    private NDArray columns(int[] ids) {
        NDArray transposed = needed("unembed.W_U").transpose();
        transposed.attach(scope);
        return picked(transposed, ids);
    }

    private NDArray entries(String name, int[] ids) {
        return picked(needed(name), ids);
    }

    private NDArray picked(NDArray from, int[] ids) {
        NDArray out = from.get(scope.create(ids));
        out.attach(scope);
        return out;
    }

    private NDArray needed(String name) {
        NDArray found = find(name);
        if (found == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return found;
    }

    private @Nullable NDArray find(String name) {
        return parameters.arrays().get(name);
    }
}
