package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.model.forward.Transformer;
import org.jspecify.annotations.Nullable;

/** A model in memory. */
public interface LoadedModel extends AutoCloseable {
    /** Its forward pass, null for a model that is none. */
    @Nullable
    Transformer transformer();

    /** What runs over tokens, null for a toy model that reads none. */
    default @Nullable TokenModel tokens() {
        return transformer();
    }

    /** Its weights for analyses; arrays are made in {@code scope}. */
    WeightAccess weights(NDManager scope);

    /** SHA-256 of its weights after processing. */
    String hash();

    NDManager manager();

    @Override
    void close();

    /** A tensor on this model's device. */
    default NDArray onDevice(NDArray array) {
        return array.toDevice(manager().getDevice(), false);
    }
}
