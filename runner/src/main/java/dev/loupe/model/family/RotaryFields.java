package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loupe.model.config.Llama3Scaling;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.TransformerConfigBuilder;
import dev.loupe.model.config.YarnScaling;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a config.json says about rotary positions: {@code rope_parameters}, its older name {@code rope_scaling}, and the
 * fields beside them, read as transformers {@value HubDefaults#TRANSFORMERS} reads them. Where two places say different
 * things, or a key would not be read, it is refused by name.
 */
final class RotaryFields {
    private static final double BASE = 10000;
    private static final String ORIGINAL = "original_max_position_embeddings";

    /** The names and the default of one family, and the other families' names. */
    private enum Names {
        LLAMA("rope_theta", "partial_rotary_factor", 1),
        NEOX("rotary_emb_base", "rotary_pct", 0.25);

        private final String base;
        private final String share;
        private final double usualShare;

        Names(String base, String share, double usualShare) {
            this.base = base;
            this.share = share;
            this.usualShare = usualShare;
        }
    }

    private final ConfigJson json;
    private final Names names;
    private final int context;
    private final String place;
    private final JsonNode inside;
    private final Set<String> read = new TreeSet<>(Set.of("rope_type", "type"));

    private RotaryFields(ConfigJson json, Names names, int context) {
        this.json = json;
        this.names = names;
        this.context = context;
        JsonNode old = object("rope_scaling");
        JsonNode now = object("rope_parameters");
        if (!old.isEmpty() && !now.isEmpty() && !old.equals(now)) {
            json.problem("'rope_scaling' and 'rope_parameters' contradict each other; keep only one of them");
        }
        this.place = old.isEmpty() ? "rope_parameters" : "rope_scaling";
        this.inside = old.isEmpty() ? now : old;
    }

    /** Llama's names: the whole head is rotated. */
    static void ofLlama(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        new RotaryFields(json, Names.LLAMA, context).read(c, dHead);
    }

    /** GPT-NeoX' names: a share of the head is rotated. */
    static void ofNeox(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        new RotaryFields(json, Names.NEOX, context).read(c, dHead);
    }

    /** A family without rotary positions. */
    static void none(ConfigJson json) {
        json.unsupported("rope_scaling", "rope_parameters", "rope_theta", "rotary_dim");
        json.unsupported("rotary_emb_base", "rotary_pct", "partial_rotary_factor");
    }

    private JsonNode object(String name) {
        JsonNode node = json.node(name);
        boolean given = json.has(name);
        if (given && !node.isObject()) {
            json.problem("'" + name + "': " + ConfigJson.shown(node) + " is not supported");
        }
        if (node.isObject()
                && node.properties().stream().anyMatch(e -> e.getValue().isObject())) {
            json.problem("'" + name + "': parameters that differ by layer are not supported");
            return MissingNode.getInstance();
        }
        return node.isObject() ? node : MissingNode.getInstance();
    }

    private void read(TransformerConfigBuilder c, int dHead) {
        double base = inBoth("rope_theta", names.base, BASE);
        double share = inBoth("partial_rotary_factor", names.share, names.usualShare);
        for (Names other : Names.values()) {
            if (other != names) {
                ForeignFields.same(json, other.base, names.base, JsonNodeFactory.instance.numberNode(base));
                ForeignFields.same(json, other.share, names.share, JsonNodeFactory.instance.numberNode(share));
            }
        }
        json.unsupported("rotary_dim");
        if (names == Names.LLAMA && share != 1) {
            json.problem("'partial_rotary_factor' other than 1 is not supported for this family");
        }
        RotaryScaling scaling = scaling(c);
        inside.properties().forEach(e -> {
            if (!read.contains(e.getKey()) && !e.getValue().isNull()) {
                json.problem("'" + place + "." + e.getKey() + "': " + ConfigJson.shown(e.getValue())
                        + " is not supported for rope_type '" + type() + "'");
            }
        });
        c.positionalEmbeddingType(PositionalEmbedding.ROTARY)
                .rotaryBase(base)
                // Rounded down as the original does it, but for what a quotient like 10/14 loses.
                .rotaryDim((int) (share * dHead + 1e-9))
                .rotaryScaling(scaling)
                .nCtx(scaling.reach(context));
    }

    private String type() {
        JsonNode type = inside.path("rope_type");
        JsonNode old = inside.path("type");
        if (!type.isMissingNode() && !old.isMissingNode() && !type.equals(old)) {
            json.problem("'" + place + "': rope_type is " + ConfigJson.shown(type) + " and its older name type is "
                    + ConfigJson.shown(old));
        }
        return (type.isMissingNode() ? old : type).asText("default");
    }

    private RotaryScaling scaling(TransformerConfigBuilder c) {
        switch (type()) {
            case "default" -> {
                neutral("factor", 1);
                unscaled();
                return new RotaryScaling.None();
            }
            case "linear" -> {
                double factor = needed("factor");
                unscaled();
                return new RotaryScaling.Linear(factor);
            }
            case "dynamic" -> {
                double factor = needed("factor");
                unscaled();
                return new RotaryScaling.Dynamic(factor, context);
            }
            case "llama3" -> {
                neutral("attention_factor", 1);
                return new Llama3Scaling(
                        needed("factor"), original(), needed("low_freq_factor"), needed("high_freq_factor"));
            }
            case "yarn" -> {
                return yarn(c);
            }
            default -> {
                json.problem("'" + place + "': rope_type '" + type()
                        + "' is not supported; known are default, dynamic, linear, llama3, yarn");
                inside.fieldNames().forEachRemaining(read::add);
                return new RotaryScaling.None();
            }
        }
    }

    private RotaryScaling yarn(TransformerConfigBuilder c) {
        int original = original();
        double factor = inside.has("factor") ? number("factor", (double) context / original) : needed("factor");
        double scale = number("mscale", 0);
        double all = number("mscale_all_dim", 0);
        double usual = YarnScaling.attention(factor, 1);
        if (scale != 0 && all != 0) {
            usual = YarnScaling.attention(factor, scale) / YarnScaling.attention(factor, all);
        } else if (scale != all) {
            json.problem("'" + place + "': mscale and mscale_all_dim must be given together, but one is missing");
        }
        c.rotaryAttentionFactor(number("attention_factor", usual));
        read.add("truncate");
        boolean truncate = json.flag(inside.path("truncate"), place + ".truncate", true);
        return new YarnScaling(factor, original, orUsual("beta_fast", 32), orUsual("beta_slow", 1), truncate);
    }

    /** Zero is what is not said. */
    private double orUsual(String key, double usual) {
        double value = number(key, usual);
        return value == 0 ? usual : value;
    }

    private double needed(String key) {
        if (!inside.hasNonNull(key)) {
            json.problem("'" + place + "." + key + "' is missing, which rope_type '" + type() + "' needs");
        }
        return number(key, 1);
    }

    private double number(String key, double otherwise) {
        read.add(key);
        return json.number(inside.path(key), place + "." + key, otherwise);
    }

    private void neutral(String key, double value) {
        if (number(key, value) != value) {
            json.problem("'" + place + "." + key + "': " + ConfigJson.shown(inside.path(key))
                    + " is not supported for rope_type '" + type() + "'");
        }
    }

    /** What kinds that do not stretch by pairs leave unread. */
    private void unscaled() {
        neutral("attention_factor", 1);
        neutral(ORIGINAL, context);
        if (json.has(ORIGINAL) && json.integer(ORIGINAL, context) != context) {
            json.problem("'" + ORIGINAL + "': " + ConfigJson.shown(json.node(ORIGINAL))
                    + " is not supported for rope_type '" + type() + "'");
        }
    }

    /** The length of the first training: in either place, else the length that the configuration says. */
    private int original() {
        read.add(ORIGINAL);
        int beside = json.integer(ORIGINAL, context);
        int own = json.integer(inside.path(ORIGINAL), place + "." + ORIGINAL, beside);
        if (inside.has(ORIGINAL) && !inside.hasNonNull(ORIGINAL)) {
            json.problem("'" + place + "." + ORIGINAL + "' is null, which rope_type '" + type() + "' does not allow");
        }
        if (json.has(ORIGINAL) && own != beside) {
            conflict(place + "." + ORIGINAL, own, ORIGINAL, beside);
        }
        return Math.max(1, own);
    }

    /** A number that may stand inside or beside; where both say it, they must agree. */
    private double inBoth(String key, String beside, double usual) {
        read.add(key);
        for (JsonNode node : new JsonNode[] {inside.path(key), json.node(beside)}) {
            if (node.isNull() && key.equals("rope_theta")) {
                json.problem("'" + beside + "' is null, which is not allowed; left out, it defaults to " + usual);
            }
        }
        double outer = json.number(beside, usual);
        double own = json.number(inside.path(key), place + "." + key, outer);
        if (json.has(beside) && own != outer) {
            conflict(place + "." + key, own, beside, outer);
        }
        return own;
    }

    private void conflict(String one, Number is, String other, Number isThere) {
        json.problem("'" + one + "' is " + is + " and '" + other + "' is " + isThere
                + ": versions of transformers differ in which one they read; keep only one of them");
    }
}
