package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.config.TransformerConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attention masks to add to the scores, 0 or -inf, each made once per pass. */
final class Mask {
    private record Key(int window, long queries) {}

    private final TransformerConfig config;
    private final NDManager manager;
    private final Map<Key, NDArray> made = new HashMap<>();

    /** @param manager owns the masks and lives as long as the pass */
    Mask(TransformerConfig config, NDManager manager) {
        this.config = config;
        this.manager = manager;
    }

    /** [query, key] for the last {@code queries} of {@code keys} positions; null where nothing is hidden. */
    @Nullable
    NDArray of(int layer, long queries, long keys) {
        int window = config.window(layer);
        if (config.attentionDir() == AttentionDirection.BIDIRECTIONAL || (queries == 1 && keys <= window)) {
            return null;
        }
        return made.computeIfAbsent(new Key(window, queries), k -> make(window, (int) queries, (int) keys));
    }

    private NDArray make(int window, int queries, int keys) {
        float[] mask = new float[Math.multiplyExact(queries, keys)];
        for (int q = 0; q < queries; q++) {
            int at = keys - queries + q;
            for (int k = 0; k < keys; k++) {
                if (k > at || at - k >= window) {
                    mask[q * keys + k] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return manager.create(mask, new Shape(queries, keys));
    }
}
