package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.ConfigChecks;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Llama and Mistral: root-mean-square norms, rotary halves, gated MLP, grouped-query attention. */
record LlamaFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("llama", "mistral");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        TransformerConfigBuilder c = trunk(json);
        if (json.text("model_type", "").equals("llama")) {
            // Some implementations obey it and others do not, so there is no right answer.
            json.unsupported("sliding_window");
            windows(json, c, -1, 0);
        } else {
            // transformers' Mistral has no such bias, and the window in every layer, whatever layer_types says.
            json.unsupported("attention_bias");
            windows(json, c, json.integer("sliding_window", -1), 0);
        }
        json.check();
        return c.build();
    }

    /**
     * Layers that see only a window.
     *
     * @param window its positions; nothing below 1
     * @param first the first such layer where {@code layer_types} does not say which they are
     */
    static void windows(ConfigJson json, TransformerConfigBuilder c, int window, int first) {
        int layers = json.integer("num_hidden_layers");
        List<AttentionSpan> usual = new ArrayList<>();
        for (int layer = 0; layer < Math.min(layers, ConfigChecks.MOST_LAYERS); layer++) {
            usual.add(window > 0 && layer >= first ? AttentionSpan.LOCAL : AttentionSpan.GLOBAL);
        }
        List<AttentionSpan> spans = new ArrayList<>();
        for (JsonNode kind : json.node("layer_types")) {
            boolean local = kind.asText().equals("sliding_attention");
            if (!local && !kind.asText().equals("full_attention")) {
                json.problem("'layer_types': '" + kind.asText() + "' is not supported");
            }
            spans.add(local ? AttentionSpan.LOCAL : AttentionSpan.GLOBAL);
        }
        boolean chosen = json.text("model_type", "").equals("qwen2");
        if (spans.isEmpty()) {
            spans = usual;
        } else if (!chosen && !spans.equals(usual)) {
            json.problem("'layer_types' other than what sliding_window says is not supported for this family");
        } else if (window <= 0 && spans.contains(AttentionSpan.LOCAL)) {
            json.problem("'layer_types': 'sliding_attention' without a window is not supported");
            spans = usual;
        }
        if (spans.contains(AttentionSpan.LOCAL)) {
            c.useLocalAttn(true).windowSize(window).attnTypes(spans);
        }
    }

    /** What Llama's relatives share. */
    static TransformerConfigBuilder trunk(ConfigJson json) {
        json.unsupported("use_parallel_residual", "parallel_attn", "mlp_bias");
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
                .actFn(json.activation("hidden_act"))
                .gatedMlp(true)
                .normalizationType(Normalization.RMS)
                .eps(json.number("rms_norm_eps"));
        RotaryFields.ofLlama(json, c, context, dHead);
        return c;
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        boolean biased = json.flag("attention_bias", false);
        return rules(c, json, biased, biased);
    }

    static Map<String, HubRule> rules(TransformerConfig c, ConfigJson json, boolean inBias, boolean outBias) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        int width = c.nHeads() * c.dHead();
        out.put("embed.W_E", HubRule.same("model.embed_tokens.weight", c.dVocab(), d));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "model.layers." + layer + ".";
            out.put(tl + "ln1.w", HubRule.same(hub + "input_layernorm.weight", d));
            out.put(tl + "ln2.w", HubRule.same(hub + "post_attention_layernorm.weight", d));
            for (String part : new String[] {"Q", "K", "V"}) {
                int heads = part.equals("Q") ? c.nHeads() : c.nKeyValueHeads();
                String file = hub + "self_attn." + part.toLowerCase(Locale.ROOT) + "_proj";
                int size = heads * c.dHead();
                out.put(tl + "attn.W_" + part, HubRule.heads(file + ".weight", heads, c.dHead(), d));
                out.put(tl + "attn.b_" + part, inBias ? HubRule.same(file + ".bias", size) : HubRule.zeros(size));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "self_attn.o_proj.weight", d, width));
            out.put(tl + "attn.b_O", outBias ? HubRule.same(hub + "self_attn.o_proj.bias", d) : HubRule.zeros(d));
            out.put(tl + "mlp.W_gate", HubRule.transposed(hub + "mlp.gate_proj.weight", c.dMlp(), d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.up_proj.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.zeros(c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.down_proj.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.zeros(d));
        }
        out.put("ln_final.w", HubRule.same("model.norm.weight", d));
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "model.embed_tokens.weight", "lm_head.weight");
        return out;
    }
}
