package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.WeightAccess;

/** Weights of MLPs as directions of the residual stream. */
final class MlpWeights {
    private MlpWeights() {}

    /** {@code W_in} or {@code W_gate} [d_model, neuron] times the gain of the normalisation before, where it is not folded. */
    static NDArray reading(WeightAccess w, int layer, WeightMatrix matrix) {
        NDArray in = w.tensor("blocks." + layer + "." + matrix.tensor());
        String gain = "blocks." + layer + ".ln2.w";
        return w.has(gain) ? in.mul(w.tensor(gain).reshape(-1, 1)) : in;
    }
}
