package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.Prompt;
import dev.loupe.result.TokenRankings;
import java.util.ArrayList;
import java.util.List;

/** Ranked tokens in results.json: every number stands there. */
final class RankingsJson {
    private RankingsJson() {}

    static void write(ObjectNode node, TokenRankings rankings) {
        node.put("unit", rankings.unit());
        strings(node, "columns", rankings.columns());
        ArrayNode all = node.putArray("rankings");
        for (TokenRankings.Ranking ranking : rankings.rankings()) {
            ObjectNode one = all.addObject();
            one.put("label", ranking.label());
            PromptsJson.write(one.putArray("prompts"), ranking.prompts());
            ArrayNode groups = one.putArray("groups");
            for (TokenRankings.Group group : ranking.groups()) {
                ObjectNode entry = groups.addObject();
                entry.put("title", group.title());
                ArrayNode tokens = entry.putArray("tokens");
                for (TokenRankings.Entry token : group.entries()) {
                    ObjectNode line = tokens.addObject();
                    line.put("id", token.id());
                    line.put("text", token.text());
                    line.set(
                            "values",
                            JsonNumbers.write(
                                    token.values().stream().mapToDouble(x -> x).toArray()));
                }
            }
        }
    }

    static TokenRankings read(JsonNode node) {
        List<TokenRankings.Ranking> rankings = new ArrayList<>();
        for (JsonNode one : need(node, "rankings")) {
            List<Prompt> prompts = PromptsJson.read(need(one, "prompts"));
            List<TokenRankings.Group> groups = new ArrayList<>();
            for (JsonNode group : need(one, "groups")) {
                List<TokenRankings.Entry> entries = new ArrayList<>();
                need(group, "tokens").forEach(token -> entries.add(entry(token)));
                groups.add(new TokenRankings.Group(text(group, "title"), entries));
            }
            rankings.add(new TokenRankings.Ranking(text(one, "label"), prompts, groups));
        }
        return new TokenRankings(
                text(node, "name"),
                text(node, "title"),
                text(node, "doc"),
                text(node, "unit"),
                strings(node, "columns"),
                rankings);
    }

    private static TokenRankings.Entry entry(JsonNode token) {
        List<Double> values = new ArrayList<>();
        for (double value : JsonNumbers.readAll(need(token, "values"), "values")) {
            values.add(value);
        }
        return new TokenRankings.Entry(need(token, "id").asInt(), text(token, "text"), values);
    }

    private static void strings(ObjectNode node, String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }

    private static List<String> strings(JsonNode node, String key) {
        List<String> values = new ArrayList<>();
        need(node, key).forEach(entry -> values.add(entry.asText()));
        return values;
    }

    private static String text(JsonNode node, String key) {
        return need(node, key).asText();
    }

    private static JsonNode need(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new MalformedResult("the key '" + key + "' is missing");
        }
        return value;
    }
}
