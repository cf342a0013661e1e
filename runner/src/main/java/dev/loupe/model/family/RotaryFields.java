package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;

/**
 * What a config.json says about rotary positions: {@code rope_parameters}, its older name {@code rope_scaling}, and the
 * fields beside them, read as transformers {@value HubDefaults#TRANSFORMERS} reads them. Where two places say different
 * things, it is refused by name.
 */
final class RotaryFields {
    /**
     * The names and the defaults of one family.
     *
     * @param partial whether only a share of the head may be rotated
     */
    private record Names(String base, double usualBase, String share, double usualShare, boolean partial) {
        static final Names LLAMA = new Names("rope_theta", 10000, "partial_rotary_factor", 1, false);
        static final Names PHI3 = new Names("rope_theta", 10000, "partial_rotary_factor", 1, true);
        /** Llama's names in a family that leaves a share of the head as it is. */
        static Names sharing(double usualShare) {
            return new Names("rope_theta", 10000, "partial_rotary_factor", usualShare, true);
        }

        static final Names NEOX = new Names("rotary_emb_base", 10000, "rotary_pct", 0.25, true);
        static final Names GEMMA3 = new Names("rope_theta", 1_000_000, "partial_rotary_factor", 1, false);
        static final Names GEMMA3_LOCAL = new Names("rope_local_base_freq", 10000, "partial_rotary_factor", 1, false);
    }

    private final ConfigJson json;
    private final Names names;
    private final int context;
    private final String place;
    private final JsonNode inside;
    private final RotaryScalingFields kind;

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
        this.kind = new RotaryScalingFields(json, place, inside, context, names == Names.PHI3);
    }

    private RotaryFields(ConfigJson json, Names names, int context, String place, JsonNode inside) {
        this.json = json;
        this.names = names;
        this.context = context;
        this.place = place;
        this.inside = inside;
        this.kind = new RotaryScalingFields(json, place, inside, context, false);
    }

    /** Llama's names: the whole head is rotated. */
    static void ofLlama(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        new RotaryFields(json, Names.LLAMA, context).read(c, dHead);
    }

    /** Phi-3's: Llama's names, and a share of the head may be rotated. */
    static void ofPhi3(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        new RotaryFields(json, Names.PHI3, context).read(c, dHead);
    }

    /** Llama's names, of a family that rotates a share of the head. */
    static void ofShare(ConfigJson json, TransformerConfigBuilder c, int context, int dHead, double usualShare) {
        new RotaryFields(json, Names.sharing(usualShare), context).read(c, dHead);
    }

    /** GPT-NeoX' names: a share of the head is rotated. */
    static void ofNeox(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        new RotaryFields(json, Names.NEOX, context).read(c, dHead);
    }

    /**
     * Gemma 3's: parameters for each kind of layer, or the older fields, of which {@code rope_scaling} is about global layers
     * alone. The length that the configuration says is the scaled one.
     */
    static void ofGemma3(ConfigJson json, TransformerConfigBuilder c, int context, int dHead) {
        JsonNode byKind = json.node("rope_parameters");
        for (String kind : new String[] {"full_attention", "sliding_attention"}) {
            if (byKind.has(kind) && !byKind.path(kind).isObject()) {
                json.problem(
                        "'rope_parameters." + kind + "': " + ConfigJson.shown(byKind.path(kind)) + " is not supported");
            }
        }
        byKind.fieldNames().forEachRemaining(name -> {
            if (!name.equals("full_attention") && !name.equals("sliding_attention")) {
                json.problem("'rope_parameters." + name + "' is not supported: this family has parameters for "
                        + "full_attention and for sliding_attention");
            }
        });
        RotaryFields local = new RotaryFields(
                json,
                Names.GEMMA3_LOCAL,
                context,
                "rope_parameters.sliding_attention",
                byKind.path("sliding_attention"));
        if (!local.kind.type().equals("default")) {
            json.problem("'rope_parameters.sliding_attention': rope_type '" + local.kind.type()
                    + "' is not supported; local layers are not scaled");
        }
        local.read(c, dHead);
        c.rotaryBaseLocal(local.inBoth("rope_theta", local.names.base, local.names.usualBase));
        JsonNode old = json.node("rope_scaling");
        JsonNode full = byKind.path("full_attention");
        if (old.isObject() && !full.isMissingNode() && !old.equals(full)) {
            json.problem("'rope_scaling' and 'rope_parameters.full_attention' contradict each other; keep only one of "
                    + "them");
        }
        boolean older = old.isObject() && !old.isEmpty();
        if (older
                && old.has("type")
                && !old.has("rope_type")
                && !old.path("type").asText().equals("default")) {
            json.problem(
                    "'rope_scaling.type': versions of transformers differ in whether they read this older name for this "
                            + "family; write rope_type");
        }
        new RotaryFields(
                        json,
                        Names.GEMMA3,
                        context,
                        older ? "rope_scaling" : "rope_parameters.full_attention",
                        older ? old : full)
                .read(c, dHead);
        c.nCtx(context);
    }

    /** GPT-J: its first dimensions are rotated, as neighbours, and nothing about that is scaled. */
    static void ofGptj(ConfigJson json, TransformerConfigBuilder c) {
        json.unsupported("rope_scaling", "rope_parameters", "rope_theta", Names.GEMMA3_LOCAL.base);
        json.unsupported("rotary_emb_base", "rotary_pct", "partial_rotary_factor");
        c.positionalEmbeddingType(PositionalEmbedding.ROTARY)
                .rotaryDim(json.integer("rotary_dim"))
                .rotaryAdjacentPairs(true);
    }

    /** A family without rotary positions. */
    static void none(ConfigJson json) {
        json.unsupported("rope_scaling", "rope_parameters", "rope_theta", "rotary_dim", Names.GEMMA3_LOCAL.base);
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
        double base = inBoth("rope_theta", names.base, names.usualBase);
        double share = inBoth("partial_rotary_factor", names.share, names.usualShare);
        for (Names other : List.of(Names.LLAMA, Names.NEOX)) {
            if (!other.share.equals(names.share)) {
                ForeignFields.same(json, other.base, names.base, JsonNodeFactory.instance.numberNode(base));
                ForeignFields.same(json, other.share, names.share, JsonNodeFactory.instance.numberNode(share));
            }
        }
        json.unsupported("rotary_dim");
        if (names != Names.GEMMA3 && names != Names.GEMMA3_LOCAL) {
            json.unsupported(Names.GEMMA3_LOCAL.base);
        }
        if (!names.partial && share != 1) {
            json.problem("'partial_rotary_factor' other than 1 is not supported for this family");
        }
        RotaryScaling scaling = kind.read(c);
        c.positionalEmbeddingType(PositionalEmbedding.ROTARY)
                .rotaryBase(base)
                // Rounded down as the original does it, but for what a quotient like 10/14 loses.
                .rotaryDim((int) (share * dHead + 1e-9))
                .rotaryScaling(scaling)
                .nCtx(scaling.reach(context));
    }

    /** A number that may stand inside or beside; where both say it, they must agree. */
    private double inBoth(String key, String beside, double usual) {
        for (JsonNode node : new JsonNode[] {inside.path(key), json.node(beside)}) {
            if (node.isNull() && key.equals("rope_theta")) {
                json.problem("'" + beside + "' is null, which is not allowed; left out, it defaults to " + usual);
            }
        }
        double outer = json.number(beside, usual);
        double own = json.number(inside.path(key), place + "." + key, outer);
        if (json.has(beside) && own != outer) {
            kind.conflict(place + "." + key, own, beside, outer);
        }
        return own;
    }
}
