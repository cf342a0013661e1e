package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;

/**
 * A network that computes something of its inputs: h = act(x W_in + b_in), y = out(h W_out + b_out).
 *
 * @param wIn {@code W_in} [instance, input, hidden]
 * @param bIn {@code b_in} [instance, hidden]
 * @param wOut {@code W_out} [instance, hidden, output]
 * @param bOut {@code b_out} [instance, output]
 * @param activations of the hidden layer, one for each instance
 * @param output of the output layer
 */
public record ComputeMlp(
        NDArray wIn, NDArray bIn, NDArray wOut, NDArray bOut, InstanceActivations activations, ToyOutput output)
        implements ToyNetwork {
    @Override
    public NDArray hiddenPre(NDArray x) {
        return x.matMul(wIn).add(bIn.expandDims(1));
    }

    @Override
    public NDArray hiddenPost(NDArray pre) {
        return activations.apply(pre);
    }

    @Override
    public NDArray readout(NDArray post) {
        return output.apply(post.matMul(wOut).add(bOut.expandDims(1)));
    }
}
