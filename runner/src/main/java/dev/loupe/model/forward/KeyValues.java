package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys (rotated, where the model rotates) and values of earlier positions, layer by layer, each
 * [batch, pos, kv_head, d_head]. Layers that a pass does not run need none.
 */
public final class KeyValues {
    /** One layer's. */
    public record Layer(NDArray keys, NDArray values) {
        /** How many positions they cover. */
        public long length() {
            return keys.getShape().get(keys.getShape().dimension() - 3);
        }
    }

    private final Map<Integer, Layer> layers = new TreeMap<>();

    public KeyValues put(int layer, NDArray keys, NDArray values) {
        layers.put(layer, new Layer(keys, values));
        return this;
    }

    public @Nullable Layer layer(int layer) {
        return layers.get(layer);
    }

    public Map<Integer, Layer> layers() {
        return layers;
    }
}
