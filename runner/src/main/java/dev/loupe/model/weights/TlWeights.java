package dev.loupe.model.weights;

import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights by TransformerLens' names and shapes ({@link TlTensors}), read one at a time. */
@FunctionalInterface
public interface TlWeights {
    /** A fresh row-major float32 copy of one tensor. */
    float[] read(String name);

    /** Writes one tensor into {@code to}, which has exactly its size and zeros in it. */
    default void read(String name, FloatBuffer to) {
        to.put(0, read(name));
    }

    /** The matrix that this one is the transpose of, number by number; null where that is not known. */
    default @Nullable String transposeOf(String name) {
        return null;
    }

    /** Whether the model has no such weights, so that zeros stand in. */
    default boolean isAbsent(String name) {
        return false;
    }

    /** What the file calls it, for error messages. */
    default String nameInFile(String name) {
        return name;
    }

    /** Weights that are already in memory. */
    static TlWeights of(Map<String, float[]> tensors) {
        return name -> {
            float[] values = tensors.get(name);
            if (values == null) {
                throw new IllegalArgumentException("no weights named '" + name + "'");
            }
            return values.clone();
        };
    }
}
