package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;

/**
 * logits = act(A[a] + B[b]) U. A and B are the embeddings of the two inputs, straight into the hidden layer; with a shared
 * embedding B is A. An input vector is the two numbers a and b.
 *
 * @param a {@code A} [instance, input, hidden]
 * @param b {@code B} [instance, input, hidden]; the same array as {@code a} when shared
 * @param u {@code U} [instance, hidden, class]
 * @param activations of the hidden layer, one for each instance
 */
public record PairEmbeddingMlp(NDArray a, NDArray b, NDArray u, InstanceActivations activations) implements ToyNetwork {
    @Override
    public NDArray hiddenPre(NDArray x) {
        // Into the first rows' own memory: they are as large as anything in a step, and no gradient reads them.
        return rows(a, x, 0).addi(rows(b, x, 1));
    }

    /** The rows of a table that one of the inputs names: [instance, row, hidden]. */
    private static NDArray rows(NDArray table, NDArray x, int input) {
        Shape shape = table.getShape();
        NDArray ids = x.get(new NDIndex().addAllDim(2).addIndices(input)).toType(DataType.INT64, true);
        ids.attach(table.getManager());
        NDArray starts = table.getManager()
                .arange(0f, shape.get(0), 1f, DataType.INT64)
                .mul(shape.get(1))
                .reshape(-1, 1);
        NDArray flat = table.reshape(-1, shape.get(2));
        return flat.getNDArrayInternal()
                .embedding(starts.add(ids), flat, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    @Override
    public NDArray hiddenPost(NDArray pre) {
        return activations.apply(pre);
    }

    @Override
    public NDArray readout(NDArray post) {
        return post.matMul(u);
    }
}
