package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run as the tree of results.json. Keys come in one fixed order; maps without an order of their own by name. */
final class RunToJson {
    /** Version of the layout; a reader refuses what is newer than it. */
    static final int VERSION = 2;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RunToJson() {}

    static ObjectNode write(RunResult run) {
        ObjectNode root = NODES.objectNode();
        root.put("loupe_results", VERSION);
        root.put("id", run.id());
        root.put("title", run.title());
        root.put("question", run.question());
        root.put("variant", run.variant());
        root.put("answer", run.answer());
        root.put("verdict", run.verdict().word());
        ArrayNode claims = root.putArray("claims");
        run.claims().forEach(claim -> claims.add(ClaimsJson.write(claim)));
        ArrayNode measurements = root.putArray("measurements");
        run.artifacts().forEach(artifact -> measurements.add(artifact(artifact)));
        root.set("provenance", provenance(run.provenance()));
        root.put("resolved_spec", run.resolvedSpec());
        root.set("defaults", strings(run.defaults()));
        root.put("notes", run.notes());
        root.put("explain", run.explain());
        ObjectNode extra = root.putObject("extra");
        new TreeMap<>(run.extra()).forEach(extra::put);
        return root;
    }

    private static ObjectNode artifact(Artifact artifact) {
        ObjectNode node = NODES.objectNode();
        node.put("kind", kind(artifact));
        node.put("name", artifact.name());
        node.put("title", artifact.title());
        node.put("doc", artifact.doc());
        if (artifact instanceof Quantity quantity) {
            quantity(node, quantity);
        } else if (artifact instanceof AttentionPatterns patterns) {
            node.set("heads", strings(patterns.heads()));
            ArrayNode examples = node.putArray("examples");
            for (AttentionPatterns.Example example : patterns.examples()) {
                ObjectNode entry = examples.addObject();
                entry.set("tokens", strings(example.tokens()));
                entry.set("axes", axes(example.pattern().axes()));
            }
        } else if (artifact instanceof TokenText text) {
            node.put("quantity", text.quantity());
            ArrayNode passages = node.putArray("passages");
            text.passages().forEach(passage -> passages.add(passage(passage)));
        } else if (artifact instanceof TokenRankings rankings) {
            RankingsJson.write(node, rankings);
        }
        return node;
    }

    static String kind(Artifact artifact) {
        if (artifact instanceof Quantity) {
            return "quantity";
        }
        if (artifact instanceof TokenRankings) {
            return "rankings";
        }
        return artifact instanceof AttentionPatterns ? "attention" : "text";
    }

    private static void quantity(ObjectNode node, Quantity quantity) {
        node.put("figure", quantity.figure().name().toLowerCase(java.util.Locale.ROOT));
        node.put("unit", quantity.unit());
        Setting setting = quantity.setting();
        if (!setting.equals(Setting.UNKNOWN)) {
            ObjectNode entry = node.putObject("setting");
            entry.put("model", setting.model());
            entry.put("dataset", setting.dataset());
            entry.put("reading", setting.reading());
            entry.put("sums_to", setting.sumsTo());
            entry.set("edits", strings(setting.edits()));
            entry.set("receivers", strings(setting.receivers()));
            if (!setting.undefined().isEmpty()) {
                entry.put("undefined", setting.undefined());
            }
            if (!setting.prompts().isEmpty()) {
                PromptsJson.write(entry.putArray("prompts"), setting.prompts());
            }
        }
        node.set("axes", axes(quantity.estimate().axes()));
        node.set("values", values(quantity.estimate()));
        Interval interval = quantity.interval();
        if (interval != null) {
            ObjectNode entry = node.putObject("interval");
            entry.put("level", interval.level());
            entry.put("method", interval.method());
            entry.put("n", interval.n());
            entry.set("low", values(interval.low()));
            entry.set("high", values(interval.high()));
        }
        NullBand chance = quantity.chance();
        if (chance != null) {
            ObjectNode entry = node.putObject("null");
            entry.put("method", chance.method());
            entry.put("side", chance.side().name().toLowerCase(java.util.Locale.ROOT));
            entry.set("edge", JsonNumbers.write(chance.edge()));
            entry.put("edge_is_percentile", chance.percentile());
            entry.set("draws", JsonNumbers.write(chance.draws()));
        }
    }

    /** The numbers, row-major; null where results.safetensors alone holds them. */
    private static JsonNode values(NamedArray array) {
        return StoredTensors.inline(array) ? JsonNumbers.write(array.data()) : NODES.nullNode();
    }

    private static ObjectNode passage(TokenText.Passage passage) {
        ObjectNode node = NODES.objectNode();
        node.put("label", passage.label());
        ArrayNode tokens = node.putArray("tokens");
        for (TokenText.Token token : passage.tokens()) {
            ObjectNode entry = tokens.addObject();
            entry.put("text", token.text());
            entry.put("id", token.id());
            entry.set("value", JsonNumbers.write(token.value()));
            entry.set("log_prob_next", JsonNumbers.write(token.logProbNext()));
            ArrayNode top = entry.putArray("top");
            for (TokenText.Guess guess : token.top()) {
                top.addObject().put("text", guess.text()).set("p", JsonNumbers.write(guess.probability()));
            }
        }
        return node;
    }

    private static ObjectNode provenance(Provenance from) {
        ObjectNode node = NODES.objectNode();
        node.put("identity", from.identity());
        ObjectNode hashes = node.putObject("hashes");
        new TreeMap<>(from.hashes()).forEach(hashes::put);
        ObjectNode seeds = node.putObject("seeds");
        new TreeMap<>(from.seeds()).forEach(seeds::put);
        node.set("models", strings(from.models()));
        ObjectNode versions = node.putObject("versions");
        new TreeMap<>(from.versions()).forEach(versions::put);
        node.put("commit", from.commit());
        node.put("device", from.device());
        node.put("dtype", from.dtype());
        ObjectNode seconds = node.putObject("seconds_per_stage");
        for (Map.Entry<String, Double> stage : from.secondsPerStage().entrySet()) {
            seconds.set(stage.getKey(), JsonNumbers.write(stage.getValue()));
        }
        node.put("peak_bytes", from.peakBytes());
        node.put("started_at", from.startedAt());
        node.put("rerun", from.rerun());
        return node;
    }

    private static ArrayNode axes(List<Axis> axes) {
        ArrayNode array = NODES.arrayNode();
        for (Axis axis : axes) {
            array.addObject().put("name", axis.name()).set("labels", strings(axis.labels()));
        }
        return array;
    }

    private static ArrayNode strings(List<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
