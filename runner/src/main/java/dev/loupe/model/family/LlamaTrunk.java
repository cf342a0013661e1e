package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.ConfigChecks;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What the configurations of Llama's relatives share, positions apart: root-mean-square norms, a gated MLP, grouped queries. */
record LlamaTrunk(TransformerConfigBuilder builder, int context, int dHead) {
    /** After how many layers a global one comes, where a family has such a pattern. */
    static final String PATTERN = "sliding_window_pattern";

    /** @param activation the family's name for the MLP's function */
    static LlamaTrunk of(ConfigJson json, String activation) {
        json.unsupported("use_parallel_residual");
        return of(json, activation, Normalization.RMS, "rms_norm_eps");
    }

    /** @param eps the family's name for the epsilon of its norms */
    static LlamaTrunk of(ConfigJson json, String activation, Normalization norms, String eps) {
        json.unsupported("parallel_attn", "mlp_bias");
        int d = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int dHead = json.integer("head_dim", d / Math.max(1, heads));
        int context = json.integer("max_position_embeddings");
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("num_hidden_layers"), d, context, json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(dHead)
                .nKeyValueHeads(json.integer("num_key_value_heads", heads))
                .dMlp(json.integer("intermediate_size"))
                .actFn(json.activation(activation))
                .gatedMlp(true)
                .normalizationType(norms)
                .eps(json.number(eps));
        return new LlamaTrunk(c, context, dHead);
    }

    /** With rotary positions as Llama's files say them. */
    static TransformerConfigBuilder ofLlama(ConfigJson json) {
        LlamaTrunk trunk = of(json, "hidden_act");
        RotaryFields.ofLlama(json, trunk.builder, trunk.context, trunk.dHead);
        return trunk.builder;
    }

    /**
     * Layers that see only a window, where the family has the same kind in all of them: {@code layer_types} must not say
     * another.
     *
     * @param window its positions; nothing below 1
     */
    static void sameWindows(ConfigJson json, TransformerConfigBuilder c, int window) {
        json.unsupported(PATTERN);
        List<AttentionSpan> spans = spans(json, layer -> window > 0);
        if (spans.stream().anyMatch(span -> (span == AttentionSpan.LOCAL) != (window > 0))) {
            json.problem("'layer_types' other than what sliding_window says is not supported for this family");
        }
        put(c, window, spans);
    }

    /**
     * Layers that see only a window, as {@code layer_types} says.
     *
     * @param window its positions; nothing below 1
     * @param usual whether a layer is such a one where {@code layer_types} is not there
     */
    static void windows(ConfigJson json, TransformerConfigBuilder c, int window, IntPredicate usual) {
        List<AttentionSpan> spans = spans(json, usual);
        if (window <= 0 && spans.contains(AttentionSpan.LOCAL)) {
            json.problem("'layer_types': 'sliding_attention' without a window is not supported");
            return;
        }
        put(c, window, spans);
    }

    private static void put(TransformerConfigBuilder c, int window, List<AttentionSpan> spans) {
        if (window > 0 && spans.contains(AttentionSpan.LOCAL)) {
            c.useLocalAttn(true).windowSize(window).attnTypes(spans);
        }
    }

    private static List<AttentionSpan> spans(ConfigJson json, IntPredicate usual) {
        List<AttentionSpan> spans = new ArrayList<>();
        if (json.has("layer_types") && !json.node("layer_types").isArray()) {
            json.problem("'layer_types' must be a list, is " + ConfigJson.shown(json.node("layer_types")));
        }
        for (JsonNode kind : json.node("layer_types")) {
            boolean local = kind.asText().equals("sliding_attention");
            if (!local && !kind.asText().equals("full_attention")) {
                json.problem("'layer_types': '" + kind.asText() + "' is not supported");
            }
            spans.add(local ? AttentionSpan.LOCAL : AttentionSpan.GLOBAL);
        }
        int layers = Math.min(json.integer("num_hidden_layers"), ConfigChecks.MOST_LAYERS);
        if (!spans.isEmpty() && spans.size() != layers) {
            json.problem("'layer_types' describes " + spans.size() + " layers, and 'num_hidden_layers' is " + layers);
        }
        for (int layer = 0; layer < layers && json.node("layer_types").isEmpty(); layer++) {
            spans.add(usual.test(layer) ? AttentionSpan.LOCAL : AttentionSpan.GLOBAL);
        }
        return spans;
    }
}
