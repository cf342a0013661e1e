package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.ConfigChecks;
import java.util.List;

/** Which layers see only a window: every one but each n-th, or one truth for each layer. */
final class GgufWindows {
    private static final String KEY = "attention.sliding_window_pattern";

    private GgufWindows() {}

    /**
     * Says it as {@code layer_types}, unless a config.json beside the file does.
     *
     * @param usual after how many layers a global one comes where the file does not say it
     */
    static void put(GgufMetadata from, ObjectNode json, int usual) {
        int layers = Math.min(json.path("num_hidden_layers").asInt(), ConfigChecks.MOST_LAYERS);
        List<Boolean> each = from.truths(KEY);
        boolean said = from.has(KEY);
        if (!said && (json.has("layer_types") || json.has("sliding_window_pattern"))) {
            return;
        }
        int pattern = each.isEmpty() ? from.size(KEY, usual) : usual;
        ArrayNode types = json.putArray("layer_types");
        for (int layer = 0; layer < layers; layer++) {
            boolean local = each.isEmpty() ? (layer + 1) % pattern != 0 : layer < each.size() && each.get(layer);
            types.add(local ? "sliding_attention" : "full_attention");
        }
        if (!each.isEmpty() && each.size() != layers) {
            from.problem(from.named(KEY) + " has " + each.size() + " values, and block_count is " + layers);
        }
    }
}
