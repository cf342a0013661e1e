package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.edit.EditNumbers;
import dev.loupe.execute.edit.EmbeddingValues;
import dev.loupe.hook.HookPoint;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.WithoutFrequencies;
import java.util.Map;

/**
 * The rows of a batch whose run is edited.
 *
 * @param tokens each row once
 * @param which their numbers in the dataset
 * @param captured what earlier runs of them kept, by run
 */
record EditedRows(
        TokenRows tokens, int[] which, Map<Integer, Map<HookPoint, NDArray>> captured, EmbeddingValues embeddings)
        implements EditNumbers.Rows {
    @Override
    public NDArray activation(int run, HookPoint point) {
        NDArray value = captured.getOrDefault(run, Map.of()).get(point);
        if (value == null) {
            throw new IllegalStateException("#" + run + " did not keep " + point.name());
        }
        return value;
    }

    @Override
    public NDArray noise(AddedNoise noise, NDManager scope) {
        return embeddings.noise(noise, tokens, which, scope);
    }

    @Override
    public NDArray embedding(EmbeddingOf other, NDManager scope) {
        return embeddings.embedding(other, tokens, scope);
    }

    @Override
    public NDArray frequencies(WithoutFrequencies value, NDManager scope) {
        return embeddings.frequencies(value, tokens, scope);
    }
}
