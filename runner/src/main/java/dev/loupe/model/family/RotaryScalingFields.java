package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.config.Llama3Scaling;
import dev.loupe.model.config.LongRope;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.TransformerConfigBuilder;
import dev.loupe.model.config.YarnScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How rotary positions are scaled, by the keys of one object of parameters; a key that its kind does not read is refused by name. */
final class RotaryScalingFields {
    private static final String ORIGINAL = "original_max_position_embeddings";
    private static final String LONG = "longrope";

    private final ConfigJson json;
    private final String place;
    private final JsonNode inside;
    private final int context;
    private final boolean phi3;
    private final Set<String> read = new TreeSet<>(Set.of("rope_type", "type", "rope_theta", "partial_rotary_factor"));

    /**
     * @param place where the object stands, for messages
     * @param inside the object; missing where there is none
     * @param context the length that the configuration says
     * @param phi3 whether LongRoPE goes by other names as well
     */
    RotaryScalingFields(ConfigJson json, String place, JsonNode inside, int context, boolean phi3) {
        this.json = json;
        this.place = place;
        this.inside = inside;
        this.context = context;
        this.phi3 = phi3;
    }

    /** The kind with its numbers; what queries and keys are multiplied by goes to the builder. */
    RotaryScaling read(TransformerConfigBuilder c) {
        RotaryScaling scaling = scaling(c);
        inside.properties().forEach(e -> {
            if (!read.contains(e.getKey()) && !e.getValue().isNull()) {
                json.problem("'" + place + "." + e.getKey() + "': " + ConfigJson.shown(e.getValue())
                        + " is not supported for rope_type '" + type() + "'");
            }
        });
        return scaling;
    }

    String type() {
        JsonNode type = inside.path("rope_type");
        JsonNode old = inside.path("type");
        if (!type.isMissingNode() && !old.isMissingNode() && !type.equals(old)) {
            json.problem("'" + place + "': rope_type is " + ConfigJson.shown(type) + " and its older name type is "
                    + ConfigJson.shown(old));
        }
        String word = (type.isMissingNode() ? old : type).asText("default");
        // What Phi-3's first files called it, by the configuration class of transformers.
        return phi3 && (word.equals("su") || word.equals("yarn")) ? LONG : word;
    }

    private RotaryScaling scaling(TransformerConfigBuilder c) {
        switch (type()) {
            case "default" -> {
                // A length of the first training beside the object changes nothing: Phi-3's class writes one in every
                // file.
                neutral("factor", 1);
                unscaledInside();
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
            case LONG -> {
                return longRope(c);
            }
            default -> {
                json.problem("'" + place + "': rope_type '" + type()
                        + "' is not supported; known are default, dynamic, linear, llama3, longrope, yarn");
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

    private LongRope longRope(TransformerConfigBuilder c) {
        int original = original();
        double factor = number("factor", (double) context / original);
        c.rotaryAttentionFactor(number("attention_factor", LongRope.attention(factor, original)));
        return new LongRope(numbers("short_factor"), numbers("long_factor"), original);
    }

    private List<Double> numbers(String key) {
        read.add(key);
        JsonNode list = inside.path(key);
        if (!list.isArray()) {
            json.problem(
                    "'" + place + "." + key + "' must be a list of numbers, which rope_type '" + type() + "' needs");
        }
        List<Double> out = new ArrayList<>();
        list.forEach(number -> out.add(json.number(number, place + "." + key, 1)));
        return out;
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

    private void unscaledInside() {
        neutral("attention_factor", 1);
        neutral(ORIGINAL, context);
    }

    /** What kinds that do not stretch by pairs leave unread. */
    private void unscaled() {
        unscaledInside();
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
        boolean said = json.has(ORIGINAL) || json.defaults().fields().contains(ORIGINAL);
        if (said && own != beside) {
            conflict(place + "." + ORIGINAL, own, ORIGINAL, beside);
        }
        return Math.max(1, own);
    }

    void conflict(String one, Number is, String other, Number isThere) {
        json.problem("'" + one + "' is " + is + " and '" + other + "' is " + isThere
                + ": versions of transformers differ in which one they read; keep only one of them");
    }
}
