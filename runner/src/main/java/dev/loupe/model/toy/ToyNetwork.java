package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * A network without tokens, with several independent instances on a leading axis. Training and every analysis read this one
 * forward pass.
 */
public sealed interface ToyNetwork permits ToyAutoencoder, PairEmbeddingMlp, ComputeMlp {
    /** Hidden values before the activation of the hidden layer: [instance, row, input] to [instance, row, hidden]. */
    NDArray hiddenPre(NDArray x);

    /** What the hidden layer hands on, without dropout: [instance, row, hidden] from {@link #hiddenPre}. */
    NDArray hiddenPost(NDArray pre);

    /** The output [instance, row, output] from the hidden layer's values [instance, row, hidden]. */
    NDArray readout(NDArray post);

    /**
     * The whole network.
     *
     * @param x [instance, row, input]; an instance axis of 1 gives every instance the same rows
     * @param keep null, or [instance, row, hidden]: 0 where a hidden value is dropped, 1/(1 - dropout) elsewhere
     * @return [instance, row, output]
     */
    default NDArray output(NDArray x, @Nullable NDArray keep) {
        NDArray post = hiddenPost(hiddenPre(x));
        return readout(keep == null ? post : post.mul(keep));
    }
}
