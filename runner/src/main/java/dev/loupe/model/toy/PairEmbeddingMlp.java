package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * logits = act(A[a] + B[b]) U, with several independent instances on a leading axis. A and B are the embeddings of the
 * two inputs, straight into the hidden layer; with a shared embedding B is A.
 *
 * @param a {@code A} [instance, input, hidden]
 * @param b {@code B} [instance, input, hidden]; the same array as {@code a} when shared
 * @param u {@code U} [instance, hidden, class]
 */
public record PairEmbeddingMlp(PairEmbeddingMlpConfig config, NDArray a, NDArray b, NDArray u) {
    public static PairEmbeddingMlp of(PairEmbeddingMlpConfig config, Map<String, NDArray> parameters) {
        NDArray a = named(parameters, "A", config.inputs(), config.hidden());
        NDArray b = config.shared() ? a : named(parameters, "B", config.inputs(), config.hidden());
        return new PairEmbeddingMlp(config, a, b, named(parameters, "U", config.hidden(), config.classes()));
    }

    private static NDArray named(Map<String, NDArray> parameters, String name, int rows, int columns) {
        NDArray array = parameters.get(name);
        if (array == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing, got " + parameters.keySet());
        }
        long[] shape = array.getShape().getShape();
        if (shape.length != 3 || shape[1] != rows || shape[2] != columns) {
            throw new IllegalArgumentException(
                    name + " must be [instance, " + rows + ", " + columns + "], got " + array.getShape());
        }
        return array;
    }

    /**
     * Hidden values before the activation. The embeddings are read by products with one-hot rows, whose gradients are
     * products too; a gather's gradient scatters and is slower for so few inputs.
     *
     * @param first one-hot [instance, row, input]
     * @param second one-hot [instance, row, input]
     * @return [instance, row, hidden]
     */
    public NDArray preActivation(NDArray first, NDArray second) {
        return config.shared() ? first.add(second).matMul(a) : first.matMul(a).add(second.matMul(b));
    }

    /** [instance, row, class] from one-hot inputs [instance, row, input]. */
    public NDArray logits(NDArray first, NDArray second) {
        return config.activation().apply(preActivation(first, second)).matMul(u);
    }
}
