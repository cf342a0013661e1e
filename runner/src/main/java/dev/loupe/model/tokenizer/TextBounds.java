package dev.loupe.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids that begin and end a text by a model folder's own files: {@code generation_config.json}, {@code config.json},
 * {@code tokenizer_config.json}.
 *
 * @param begin null where none is named
 * @param ends empty where none is named
 */
public record TextBounds(@Nullable Integer begin, Set<Integer> ends) {
    /** @param pieces where the tokenizer's configuration names tokens by their text */
    public static TextBounds read(Path folder, TokenizerPieces pieces) {
        Set<Integer> begins = new LinkedHashSet<>();
        Set<Integer> ends = new LinkedHashSet<>();
        for (String name : new String[] {"generation_config.json", "config.json"}) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                JsonNode json = TokenizerPieces.json(file);
                add(json.path("bos_token_id"), begins);
                add(json.path("eos_token_id"), ends);
            }
        }
        Path file = folder.resolve("tokenizer_config.json");
        if (Files.isRegularFile(file)) {
            JsonNode json = TokenizerPieces.json(file);
            named(json.path("bos_token"), pieces, begins);
            named(json.path("eos_token"), pieces, ends);
        }
        return new TextBounds(begins.isEmpty() ? null : begins.iterator().next(), Collections.unmodifiableSet(ends));
    }

    /** One id or a list of ids. */
    private static void add(JsonNode ids, Set<Integer> to) {
        for (JsonNode id : ids.isArray() ? ids : java.util.List.of(ids)) {
            if (id.isInt() && id.asInt() >= 0) {
                to.add(id.asInt());
            }
        }
    }

    private static void named(JsonNode token, TokenizerPieces pieces, Set<Integer> to) {
        Integer id = pieces.addedId(token.isObject() ? token.path("content").asText() : token.asText());
        if (id != null) {
            to.add(id);
        }
    }
}
