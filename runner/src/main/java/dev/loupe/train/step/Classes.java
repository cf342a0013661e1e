package dev.loupe.train.step;

import ai.djl.ndarray.NDArray;

/**
 * Cross entropy by a product with weighted one-hot targets. For vocabularies of tens of tokens this beats a gather,
 * whose gradient scatters; the weights also say which rows are asked at all.
 */
public final class Classes {
    private Classes() {}

    /**
     * Weighted cross entropy per instance in nats: [instance].
     *
     * @param logits [instance, ..., class]
     * @param weights of logits' shape: the weight of each asked row at its target class, 0 elsewhere
     */
    public static NDArray crossEntropy(NDArray logits, NDArray weights) {
        long instances = logits.getShape().get(0);
        NDArray chosen = logits.logSoftmax(-1).mul(weights);
        return chosen.reshape(instances, -1).sum(new int[] {1}).neg();
    }
}
