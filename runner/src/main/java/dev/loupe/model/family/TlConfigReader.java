package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A config.json in TransformerLens' field names, as the hub's toy models have it (with their training fields, which are
 * passed over), read and written.
 */
public final class TlConfigReader {
    private TlConfigReader() {}

    public static TransformerConfig read(ConfigJson json) {
        json.unsupported(
                "attn_scores_soft_cap",
                "output_logits_soft_cap",
                "use_qk_norm",
                "use_normalization_before_and_after",
                "post_embedding_ln",
                "num_experts",
                "use_NTK_by_parts_rope",
                "use_yarn_rope",
                "rotary_base_local",
                "relative_attention_num_buckets",
                "tie_word_embeddings");
        if (json.number("rotary_scaling_factor", 1) != 1) {
            json.problem("'rotary_scaling_factor' other than 1 is not supported");
        }
        int d = json.integer("d_model");
        String positions = json.has("shortformer_pos")
                ? json.flag("shortformer_pos", false) ? "shortformer" : "standard"
                : json.text("positional_embedding_type", "standard");
        String normalization = json.node("normalization_type").isNull()
                        || json.node("normalization").isNull()
                ? "none"
                : json.text("normalization_type", json.text("normalization", "LN"));
        List<AttentionSpan> spans = new ArrayList<>();
        for (JsonNode kind : json.node("attn_types")) {
            spans.add(word(json, "attn_types", kind.asText(), AttentionSpan.values()));
        }
        boolean attnOnly = json.flag("attn_only", false);
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("n_layers"), d, json.integer("n_ctx"), json.integer("d_vocab"))
                .nHeads(json.integer("n_heads", -1))
                .dHead(json.integer("d_head", -1))
                .dMlp(json.integer("d_mlp", -1))
                .dVocabOut(json.integer("d_vocab_out", -1))
                .actFn(attnOnly ? Activation.RELU : activation(json))
                .eps(json.number("eps", 1e-5))
                .normalizationType(normalization(json, normalization))
                .finalRms(json.flag("final_rms", false))
                .useAttnScale(json.flag("use_attn_scale", true))
                .attnScale(json.number("attn_scale", -1))
                .scaleAttnByInverseLayerIdx(json.flag("scale_attn_by_inverse_layer_idx", false))
                .positionalEmbeddingType(
                        word(json, "positional_embedding_type", positions, PositionalEmbedding.values()))
                .rotaryDim(json.integer("rotary_dim", -1))
                .rotaryBase(json.number("rotary_base", 10000))
                .rotaryAdjacentPairs(json.flag("rotary_adjacent_pairs", false))
                .attnOnly(attnOnly)
                .gatedMlp(json.flag("gated_mlp", false))
                .parallelAttnMlp(json.flag("parallel_attn_mlp", false))
                .attentionDir(
                        word(json, "attention_dir", json.text("attention_dir", "causal"), AttentionDirection.values()))
                .nKeyValueHeads(json.integer("n_key_value_heads", -1))
                .useLocalAttn(json.flag("use_local_attn", false))
                .windowSize(json.integer("window_size", -1))
                .attnTypes(spans)
                .initializerRange(json.number("initializer_range", -1));
        json.check();
        return c.build();
    }

    private static Activation activation(ConfigJson json) {
        String word = json.text("act_fn", "relu");
        for (Activation a : Activation.values()) {
            if (a.word().equals(word)) {
                return a;
            }
        }
        return json.activation("act_fn");
    }

    private static Normalization normalization(ConfigJson json, String word) {
        for (Normalization n : Normalization.values()) {
            if (n.word().equals(word)) {
                return n;
            }
        }
        json.problem("'normalization_type': '" + word + "' is not supported");
        return Normalization.NONE;
    }

    private static <E extends Enum<E>> E word(ConfigJson json, String field, String word, E[] values) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        json.problem("'" + field + "': '" + word + "' is not supported");
        return values[0];
    }

    /** The fields that {@link #read} reads back to an equal configuration. */
    public static ObjectNode write(TransformerConfig c) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("n_layers", c.nLayers())
                .put("d_model", c.dModel())
                .put("n_ctx", c.nCtx())
                .put("d_vocab", c.dVocab());
        out.put("n_heads", c.nHeads()).put("d_head", c.dHead()).put("d_mlp", c.dMlp());
        out.put("d_vocab_out", c.dVocabOut()).put("act_fn", c.actFn().word()).put("eps", c.eps());
        out.put(
                "normalization_type",
                c.normalizationType().isNone() ? null : c.normalizationType().word());
        out.put("final_rms", c.finalRms())
                .put("use_attn_scale", c.useAttnScale())
                .put("attn_scale", c.attnScale());
        out.put("scale_attn_by_inverse_layer_idx", c.scaleAttnByInverseLayerIdx());
        out.put("positional_embedding_type", c.positionalEmbeddingType().word());
        out.put("rotary_dim", c.rotaryDim()).put("rotary_base", c.rotaryBase());
        out.put("rotary_adjacent_pairs", c.rotaryAdjacentPairs()).put("attn_only", c.attnOnly());
        out.put("gated_mlp", c.gatedMlp()).put("parallel_attn_mlp", c.parallelAttnMlp());
        out.put("attention_dir", lower(c.attentionDir())).put("n_key_value_heads", c.nKeyValueHeads());
        out.put("use_local_attn", c.useLocalAttn()).put("window_size", c.windowSize());
        ArrayNode spans = out.putArray("attn_types");
        c.attnTypes().forEach(span -> spans.add(lower(span)));
        out.put("initializer_range", c.initializerRange());
        return out;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
