package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.plan.ask.ModelShape;

/** Weights of MLPs as directions of the residual stream. */
final class MlpWeights {
    private MlpWeights() {}

    /** {@code W_in} or {@code W_gate} [d_model, neuron] times the gain of the normalisation before, where it is not folded. */
    static NDArray reading(WeightAccess w, int layer, WeightMatrix matrix) {
        NDArray in = w.tensor("blocks." + layer + "." + matrix.tensor());
        String gain = "blocks." + layer + ".ln2.w";
        return w.has(gain) ? in.mul(w.tensor(gain).reshape(-1, 1)) : in;
    }

    /** The shape of a planned model that has neurons. */
    static ModelShape shape(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        if (shape.dMlp() == 0) {
            throw new IllegalArgumentException(planning.model().label() + " has no MLP");
        }
        return shape;
    }

    /** What a layer's neurons write ({@code W_out}), or what they or their gates read, as the norm before the MLP lets it through [neuron, d_model]. */
    static NDArray ofNeurons(WeightAccess w, int layer, String matrix) {
        return matrix.equals("W_out") ? w.readOfNeurons(layer) : w.readByNeurons(layer, matrix);
    }
}
