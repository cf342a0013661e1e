package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A claim in results.json. The number, its interval and its place are said of the deciding unit too, for readers of the file. */
final class ClaimsJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ClaimsJson() {}

    static ObjectNode write(ClaimResult claim) {
        ClaimResult.Part deciding = claim.deciding();
        ObjectNode node = NODES.objectNode();
        node.put("say", claim.say());
        node.put("verdict", claim.verdict().word());
        node.put("expected", claim.limits().words());
        node.put("above", claim.limits().above());
        node.put("below", claim.limits().below());
        number(node, deciding);
        node.set("level", Double.isNaN(claim.level()) ? NODES.nullNode() : JsonNumbers.write(claim.level()));
        node.put("by", claim.by());
        node.put("needed", claim.needed());
        node.put("deciding", deciding.unit());
        node.put("because", claim.because());
        ArrayNode parts = node.putArray("parts");
        for (ClaimResult.Part part : claim.parts()) {
            ObjectNode entry = parts.addObject();
            entry.put("unit", part.unit());
            entry.put("verdict", part.verdict().word());
            number(entry, part);
        }
        return node;
    }

    private static void number(ObjectNode node, ClaimResult.Part part) {
        node.set("observed", JsonNumbers.write(part.observed()));
        node.set(
                "interval",
                part.exact() ? NODES.nullNode() : JsonNumbers.write(new double[] {part.low(), part.high()}));
        node.put("where", part.where());
    }

    /** @param version of the file's layout */
    static ClaimResult read(JsonNode node, int version) {
        if (version == 1) {
            return ClaimsBeforeVerdicts.read(node);
        }
        List<ClaimResult.Part> parts = new ArrayList<>();
        for (JsonNode part : need(node, "parts")) {
            double[] ends = ends(part);
            parts.add(new ClaimResult.Part(
                    need(part, "unit").asText(),
                    Verdict.of(need(part, "verdict").asText()),
                    JsonNumbers.read(need(part, "observed"), "observed"),
                    ends[0],
                    ends[1],
                    optional(part, "where")));
        }
        JsonNode level = node.path("level");
        return new ClaimResult(
                need(node, "say").asText(),
                new Limits(limit(node, "above"), limit(node, "below")),
                need(node, "by").asText(),
                need(node, "needed").asInt(),
                level.isNumber() ? level.asDouble() : Double.NaN,
                parts,
                optional(node, "because"));
    }

    private static @Nullable Double limit(JsonNode node, String key) {
        JsonNode limit = node.path(key);
        return limit.isNumber() ? limit.asDouble() : null;
    }

    /** [low, high], undefined where the number is exact. */
    static double[] ends(JsonNode node) {
        JsonNode interval = node.path("interval");
        if (interval.isNull() || interval.isMissingNode()) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double[] ends = JsonNumbers.readAll(interval, "interval");
        if (ends.length != 2) {
            throw new MalformedResult("interval has " + ends.length + " ends, expected [low, high]");
        }
        return ends;
    }

    static JsonNode need(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new MalformedResult("the key '" + key + "' is missing");
        }
        return value;
    }

    static @Nullable String optional(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }
}
