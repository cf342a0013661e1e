package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;

/**
 * The toy autoencoder, x' = act(W^T drop(W x) + b) (Elhage et al. 2022, "Toy Models of Superposition"). Its hidden layer has
 * no activation of its own.
 *
 * @param w {@code W} [instance, hidden, feature]
 * @param b {@code b} [instance, feature]
 * @param activations of the output, one for each instance
 */
public record ToyAutoencoder(NDArray w, NDArray b, InstanceActivations activations) implements ToyNetwork {
    @Override
    public NDArray hiddenPre(NDArray x) {
        return x.matMul(w.transpose(0, 2, 1));
    }

    @Override
    public NDArray hiddenPost(NDArray pre) {
        return pre;
    }

    @Override
    public NDArray readout(NDArray post) {
        return activations.apply(post.matMul(w).add(b.expandDims(1)));
    }
}
