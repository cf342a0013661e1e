package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import dev.loupe.model.forward.Scaling;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The toy autoencoder, x' = act(W^T drop(W x) + b), with several independent instances on a leading axis (Elhage et
 * al. 2022, "Toy Models of Superposition").
 *
 * @param config its shape
 * @param w {@code W} [instance, hidden, feature]
 * @param b {@code b} [instance, feature]
 */
public record ToyAutoencoder(ToyAutoencoderConfig config, NDArray w, NDArray b) {
    public static final String W = "W";
    public static final String B = "b";

    /** From parameters by name, as a weights file or a trainer holds them. */
    public static ToyAutoencoder of(ToyAutoencoderConfig config, Map<String, NDArray> parameters) {
        NDArray w = parameters.get(W);
        NDArray b = parameters.get(B);
        if (w == null || b == null) {
            throw new IllegalArgumentException("a toy autoencoder has parameters W and b, got " + parameters.keySet());
        }
        long[] shape = w.getShape().getShape();
        if (shape.length != 3
                || shape[1] != config.hidden()
                || shape[2] != config.features()
                || b.getShape().dimension() != 2
                || b.getShape().get(0) != shape[0]
                || b.getShape().get(1) != shape[2]) {
            throw new IllegalArgumentException("W must be [instance, " + config.hidden() + ", " + config.features()
                    + "] and b [instance, " + config.features() + "], got " + w.getShape() + " and " + b.getShape());
        }
        return new ToyAutoencoder(config, w, b);
    }

    /** One instance alone: W [1, hidden, feature], b [1, feature]. */
    public ToyAutoencoder instance(int i) {
        return new ToyAutoencoder(config, w.get(i).expandDims(0), b.get(i).expandDims(0));
    }

    /** W x: [instance, row, feature] to [instance, row, hidden]. */
    public NDArray hidden(NDArray x) {
        return x.matMul(w.transpose(0, 2, 1));
    }

    /**
     * The reconstruction.
     *
     * @param x [instance, row, feature]
     * @param keep null, or [instance, row, hidden]: 0 where a hidden value is dropped, 1/(1 - dropout) elsewhere
     * @return [instance, row, feature]
     */
    public NDArray reconstruct(NDArray x, @Nullable NDArray keep) {
        NDArray h = hidden(x);
        NDArray kept = keep == null ? h : h.mul(keep);
        return config.activation().apply(kept.matMul(w).add(b.expandDims(1)));
    }

    /**
     * Importance-weighted squared error, mean over rows and features: [instance].
     *
     * @param importance [feature] or broadcastable to [instance, row, feature]
     */
    public NDArray loss(NDArray x, @Nullable NDArray keep, NDArray importance) {
        NDArray error = reconstruct(x, keep).sub(x).square();
        double numbers = (double) x.getShape().get(1) * x.getShape().get(2);
        return Scaling.times(error.mul(importance).sum(new int[] {1, 2}), 1 / numbers);
    }
}
