package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * The shape of a network without tokens. Several networks that differ in activation, dropout or width can lie side by side
 * on an instance axis: a narrow network is a wide one whose other hidden neurons have only zero weights, and stays one,
 * since the gradients of those weights are zero.
 */
public interface ToyConfig {
    /** The kind of network, as a card writes it. */
    String kind();

    /** Numbers in one input vector. */
    int width();

    /** Hidden neurons. */
    int hidden();

    /** Numbers in one output vector. */
    int answers();

    ToyActivation activation();

    /** Share of hidden values that training drops. */
    double dropout();

    /** The parameters of one instance, in the order of the weights file. */
    List<ToyParameter> parameters();

    /** The same kind of network at another point of a grid. */
    ToyConfig at(ToyActivation activation, double dropout, int hidden);

    /**
     * The network with these parameters.
     *
     * @param parameters by name, each [instance, ...shape]
     * @param activations one for each instance
     */
    ToyNetwork network(Map<String, NDArray> parameters, InstanceActivations activations);
}
