package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.UserInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer.json without the fields of its first level that hold NaN or Infinity, which Python writes and the tokenizers
 * library cannot read. A part that tokens are made with must be finite.
 */
public final class FiniteTokenizer {
    private static final List<String> USED =
            List.of("model", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder");

    private FiniteTokenizer() {}

    /**
     * @return the same object where all of it is finite
     * @throws UserInputException naming a part that tokens are made with and that is not finite
     */
    public static JsonNode of(Path file, JsonNode json) {
        List<String> infinite = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String place = place(field.getKey(), field.getValue());
            if (place != null && USED.contains(field.getKey())) {
                throw new UserInputException(file + ": '" + place + "' must be a finite number");
            }
            if (place != null) {
                infinite.add(field.getKey());
            }
        }
        return infinite.isEmpty() ? json : ((ObjectNode) json.deepCopy()).remove(infinite);
    }

    /** Where the first number stands that is not finite, or null. */
    private static @Nullable String place(String at, JsonNode node) {
        if (node.isNumber()) {
            return Double.isFinite(node.doubleValue()) ? null : at;
        }
        int index = 0;
        for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
            String found = place(at + "[" + index++ + "]", item);
            if (found != null) {
                return found;
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String found = place(at + "." + field.getKey(), field.getValue());
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
