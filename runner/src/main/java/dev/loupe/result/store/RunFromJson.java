package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import dev.loupe.result.TokenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tree of results.json as a run. Keys that it does not know are left alone: a later version may add some. */
final class RunFromJson {
    private final StoredNumbers tensors;

    RunFromJson(StoredNumbers tensors) {
        this.tensors = tensors;
    }

    RunResult read(JsonNode root) {
        int version = need(root, "loupe_results").asInt();
        if (version < 1 || version > RunToJson.VERSION) {
            throw new MalformedResult(
                    "loupe_results is " + version + ", this version of Loupe reads up to " + RunToJson.VERSION);
        }
        return new RunResult(
                text(root, "id"),
                text(root, "title"),
                text(root, "question"),
                text(root, "variant"),
                text(root, "answer"),
                list(root, "claims", claim -> ClaimsJson.read(claim, version)),
                list(root, "measurements", this::artifact),
                provenance(need(root, "provenance")),
                text(root, "resolved_spec"),
                strings(root, "defaults"),
                text(root, "notes"),
                text(root, "explain"),
                map(root, "extra", JsonNode::asText));
    }

    private Artifact artifact(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "quantity" -> quantity(node);
            case "attention" -> attention(node);
            case "text" -> tokenText(node);
            case "rankings" -> RankingsJson.read(node);
            default ->
                throw new MalformedResult(
                        "kind of a measurement is '" + kind + "', known are quantity, attention, text," + " rankings");
        };
    }

    private Quantity quantity(JsonNode node) {
        String name = text(node, "name");
        List<Axis> axes = axes(node);
        Interval interval = null;
        JsonNode ends = node.path("interval");
        if (ends.isObject()) {
            interval = new Interval(
                    array(axes, need(ends, "low"), name + "/low"),
                    array(axes, need(ends, "high"), name + "/high"),
                    number(ends, "level"),
                    text(ends, "method"),
                    need(ends, "n").asInt());
        }
        NullBand chance = null;
        JsonNode band = node.path("null");
        if (band.isObject()) {
            chance = new NullBand(
                    text(band, "method"), JsonNumbers.readAll(need(band, "draws"), name + " null draws"), side(band));
        }
        return new Quantity(
                name,
                text(node, "title"),
                text(node, "doc"),
                figure(text(node, "figure")),
                text(node, "unit"),
                array(axes, need(node, "values"), name),
                interval,
                chance,
                setting(node.path("setting")));
    }

    private static Setting setting(JsonNode node) {
        return node.isObject()
                ? new Setting(
                        text(node, "model"),
                        text(node, "dataset"),
                        text(node, "reading"),
                        text(node, "sums_to"),
                        strings(node, "edits"),
                        strings(node, "receivers"),
                        PromptsJson.read(node.path("prompts")),
                        node.path("undefined").asText())
                : Setting.UNKNOWN;
    }

    /** Nulls were all of one side before they had one. */
    private static Side side(JsonNode band) {
        JsonNode side = band.path("side");
        return side.isMissingNode() ? Side.HIGHER : Side.valueOf(side.asText().toUpperCase(Locale.ROOT));
    }

    private static Figure figure(String name) {
        for (Figure figure : Figure.values()) {
            if (figure.name().toLowerCase(Locale.ROOT).equals(name)) {
                return figure;
            }
        }
        throw new MalformedResult("figure is '" + name + "', which this version of Loupe does not know");
    }

    private AttentionPatterns attention(JsonNode node) {
        String name = text(node, "name");
        List<AttentionPatterns.Example> examples = new ArrayList<>();
        for (JsonNode entry : need(node, "examples")) {
            List<Axis> axes = axes(entry);
            double[] values = tensors.read(name + "/" + examples.size(), NamedArray.sizeOf(axes));
            examples.add(new AttentionPatterns.Example(strings(entry, "tokens"), new NamedArray(axes, values)));
        }
        return new AttentionPatterns(
                name, text(node, "title"), text(node, "doc"), strings(node, "heads"), List.copyOf(examples));
    }

    private TokenText tokenText(JsonNode node) {
        return new TokenText(
                text(node, "name"),
                text(node, "title"),
                text(node, "doc"),
                text(node, "quantity"),
                list(
                        node,
                        "passages",
                        passage -> new TokenText.Passage(
                                text(passage, "label"), list(passage, "tokens", RunFromJson::token))));
    }

    private static TokenText.Token token(JsonNode node) {
        return new TokenText.Token(
                text(node, "text"),
                need(node, "id").asInt(),
                number(node, "value"),
                number(node, "log_prob_next"),
                list(node, "top", guess -> new TokenText.Guess(text(guess, "text"), number(guess, "p"))));
    }

    private static Provenance provenance(JsonNode node) {
        return new Provenance(
                text(node, "identity"),
                map(node, "hashes", JsonNode::asText),
                map(node, "seeds", JsonNode::asLong),
                strings(node, "models"),
                map(node, "versions", JsonNode::asText),
                text(node, "commit"),
                text(node, "device"),
                text(node, "dtype"),
                map(node, "seconds_per_stage", value -> JsonNumbers.read(value, "seconds_per_stage")),
                need(node, "peak_bytes").asLong(),
                text(node, "started_at"),
                text(node, "rerun"));
    }

    private NamedArray array(List<Axis> axes, JsonNode values, String name) {
        double[] numbers =
                values.isNull() ? tensors.read(name, NamedArray.sizeOf(axes)) : JsonNumbers.readAll(values, name);
        return new NamedArray(axes, numbers);
    }

    private static List<Axis> axes(JsonNode node) {
        return list(node, "axes", axis -> new Axis(text(axis, "name"), strings(axis, "labels")));
    }

    private static JsonNode need(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new MalformedResult("the key '" + key + "' is missing");
        }
        return value;
    }

    private static String text(JsonNode node, String key) {
        return need(node, key).asText();
    }

    private static @Nullable String optionalText(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static double number(JsonNode node, String key) {
        return JsonNumbers.read(need(node, key), key);
    }

    private static List<String> strings(JsonNode node, String key) {
        return list(node, key, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        need(node, key).forEach(entry -> values.add(read.apply(entry)));
        return List.copyOf(values);
    }

    private static <T> Map<String, T> map(JsonNode node, String key, Function<JsonNode, T> read) {
        Map<String, T> values = new LinkedHashMap<>();
        need(node, key).fields().forEachRemaining(entry -> values.put(entry.getKey(), read.apply(entry.getValue())));
        return values;
    }
}
