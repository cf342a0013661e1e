package dev.loupe.analysis.planning;

import ai.djl.ndarray.NDArray;
import dev.loupe.plan.ask.ModelShape;

/** A model's weights as analyses read them: TransformerLens names and shapes, x multiplied from the left. */
public interface WeightAccess {
    ModelShape shape();

    /** The model as a toy autoencoder. */
    default ToyModel toy() {
        throw new IllegalArgumentException(shape().kind() + " is not a toy autoencoder");
    }

    /** A tensor by its TransformerLens name; an error names the nearest when there is none. */
    NDArray tensor(String name);

    /** Whether there is a tensor of that name. */
    boolean has(String name);

    /** {@code W_Q}, {@code W_K}, {@code W_V} [head, d_model, d_head] or {@code W_O} [head, d_head, d_model]; key and value
     * heads are repeated for grouped queries. */
    NDArray perHead(int layer, String matrix);

    /**
     * The same as a head's circuits have it: {@code W_Q} and {@code W_K} times the gain of the norm on queries and keys,
     * {@code W_O} times the gain of the norm on attention's output and without the mean that it subtracts. What those norms
     * divide by depends on the input, so it is no part of a circuit.
     */
    NDArray inCircuit(int layer, String matrix);

    /**
     * Queries ({@code W_Q}) or keys ({@code W_K}) of a head before they are rotated, without biases, normalised where the model
     * does so.
     *
     * @param input what attention reads [n, d_model]
     * @return [n, d_head]
     */
    NDArray asked(int layer, int head, String matrix, NDArray input);

    /** What a layer's scores are divided by: sqrt(d_head), 1 where a family does not scale, more where it scales by layer. */
    double scoreDivisor(int layer);

    /** What tokens [n] are when attention is left out: W_E, plus layer 0's MLP where there is one [n, d_model]. */
    NDArray effectiveEmbedding(NDArray ids);

    /**
     * What each neuron reads of the residual stream: the columns of a layer's {@code W_in} or {@code W_gate} times the gain of
     * the norm before the MLP, without their mean over d_model where that norm subtracts the mean [neuron, d_model].
     */
    NDArray readByNeurons(int layer, String matrix);

    /** What some neurons read, in this order [n, d_model], without computing it for the others. */
    default NDArray readByNeurons(int layer, String matrix, long[] neurons) {
        NDArray all = readByNeurons(layer, matrix);
        return all.get(all.getManager().create(neurons));
    }

    /**
     * What each neuron writes into the residual stream: the rows of a layer's {@code W_out}, times the gain of the norm on what
     * the MLP writes, where there is one, and without the mean that it subtracts [neuron, d_model].
     */
    NDArray writtenByNeurons(int layer);

    /**
     * What each feature of a layer's dictionary writes into the residual stream at activation 1 [feature, d_model]: its row of
     * the decoder, through W_O or W_out and the norm after them where the dictionary is of what heads read or of neurons.
     */
    default NDArray writtenByFeatures(int layer) {
        throw new IllegalArgumentException("a " + shape().kind() + " has no dictionary");
    }

    /**
     * The same of neurons as a norm like the one before the layer's MLP reads it: without its mean over d_model where that norm subtracts
     * the mean [neuron, d_model].
     */
    NDArray readOfNeurons(int layer);

    /** The normalisation before a layer's attention, applied to residuals [n, d_model]. */
    NDArray beforeAttention(int layer, NDArray residual);

    /**
     * What directions [n, d_model] of the residual stream add to logits while the scale of the final normalisation is 1: its
     * centring and gain, then W_U.
     *
     * @param tokens the output ids, all where there are none
     * @return [n, token]
     */
    default NDArray written(NDArray directions, int[] tokens) {
        throw new IllegalArgumentException("a " + shape().kind() + " has no residual stream and no tokens");
    }

    /** Final normalisation and W_U, without the unembedding's bias and before a soft-cap, of residuals [n, d_model]: [n, d_vocab_out]. */
    NDArray unembed(NDArray residual);
}
