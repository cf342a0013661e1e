package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.result.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prompts in results.json. */
final class PromptsJson {
    private PromptsJson() {}

    static void write(ArrayNode to, List<Prompt> prompts) {
        for (Prompt prompt : prompts) {
            ObjectNode entry = to.addObject();
            entry.put("label", prompt.label());
            ArrayNode tokens = entry.putArray("tokens");
            prompt.tokens().forEach(tokens::add);
            ObjectNode names = entry.putObject("names");
            prompt.names().forEach(names::put);
        }
    }

    /** None where the results are older than prompts. */
    static List<Prompt> read(JsonNode from) {
        List<Prompt> prompts = new ArrayList<>();
        for (JsonNode entry : from) {
            List<String> tokens = new ArrayList<>();
            entry.path("tokens").forEach(token -> tokens.add(token.asText()));
            Map<String, Integer> names = new LinkedHashMap<>();
            entry.path("names")
                    .fields()
                    .forEachRemaining(
                            name -> names.put(name.getKey(), name.getValue().asInt()));
            prompts.add(new Prompt(entry.path("label").asText(), tokens, names));
        }
        return prompts;
    }
}
