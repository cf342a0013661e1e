package dev.loupe.model;

import java.util.Map;

/** Weights by TransformerLens' names and shapes ({@link TlTensors}), read one at a time. */
@FunctionalInterface
public interface TlWeights {
    /** A fresh row-major float32 copy of one tensor. */
    float[] read(String name);

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
