package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GPT-Neo (TinyStories): learned positions, local and global layers in turn, no scaling of the scores. */
record GptNeoFamily() implements HubArchitecture {
    /** Layers, global and local in turn, that a configuration without attention_types and attention_layers means. */
    private static final int USUAL_LAYERS = 24;

    @Override
    public List<String> modelTypes() {
        return List.of("gpt_neo");
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        RotaryFields.none(json);
        int layers = json.integer("num_layers");
        int d = json.integer("hidden_size");
        int heads = json.integer("num_heads");
        List<AttentionSpan> spans = spans(json, layers);
        TransformerConfigBuilder c = TransformerConfig.builder(
                        layers, d, json.integer("max_position_embeddings"), json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(json.share("hidden_size", d, "num_heads", heads))
                .dMlp(json.integer("intermediate_size", -1))
                .actFn(json.activation("activation_function"))
                .eps(json.number("layer_norm_epsilon"))
                .useAttnScale(false)
                .useLocalAttn(spans.contains(AttentionSpan.LOCAL))
                .windowSize(json.integer("window_size"))
                .attnTypes(spans);
        json.check();
        return c.build();
    }

    private static List<AttentionSpan> spans(ConfigJson json, int layers) {
        List<AttentionSpan> out = new ArrayList<>();
        json.node("attention_layers").forEach(kind -> out.add(span(json, kind)));
        List<AttentionSpan> runs = new ArrayList<>();
        for (JsonNode run : json.node("attention_types")) {
            for (int i = 0; i < Math.min(run.path(1).asInt(), layers); i++) {
                run.path(0).forEach(kind -> runs.add(span(json, kind)));
            }
        }
        if (out.isEmpty() && runs.isEmpty() && !json.has("attention_types") && !json.has("attention_layers")) {
            for (int layer = 0; layer < USUAL_LAYERS; layer++) {
                out.add(layer % 2 == 0 ? AttentionSpan.GLOBAL : AttentionSpan.LOCAL);
            }
        } else if (out.isEmpty()) {
            out.addAll(runs);
        } else if (!runs.isEmpty() && !runs.equals(out)) {
            json.problem("attention_layers and attention_types disagree");
        }
        if (out.size() != layers) {
            json.problem("attention_layers or attention_types describe " + out.size() + " of " + layers + " layers");
        }
        return out;
    }

    private static AttentionSpan span(ConfigJson json, JsonNode kind) {
        if (!kind.asText().equals("global") && !kind.asText().equals("local")) {
            json.problem("attention kind '" + kind.asText() + "' is not supported");
        }
        return kind.asText().equals("local") ? AttentionSpan.LOCAL : AttentionSpan.GLOBAL;
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        out.put("embed.W_E", HubRule.same("transformer.wte.weight", c.dVocab(), d));
        out.put("pos_embed.W_pos", HubRule.same("transformer.wpe.weight", c.nCtx(), d));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "transformer.h." + layer + ".";
            HubArchitecture.norm(out, tl + "ln1", hub + "ln_1", d);
            HubArchitecture.norm(out, tl + "ln2", hub + "ln_2", d);
            String attention = hub + "attn.attention.";
            for (String part : new String[] {"Q", "K", "V"}) {
                String file = attention + part.toLowerCase(java.util.Locale.ROOT) + "_proj.weight";
                out.put(tl + "attn.W_" + part, HubRule.heads(file, c.nHeads(), c.dHead(), d));
                out.put(tl + "attn.b_" + part, HubRule.zeros(d));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(attention + "out_proj.weight", d, d));
            out.put(tl + "attn.b_O", HubRule.same(attention + "out_proj.bias", d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.c_fc.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.same(hub + "mlp.c_fc.bias", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.c_proj.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.same(hub + "mlp.c_proj.bias", d));
        }
        HubArchitecture.norm(out, "ln_final", "transformer.ln_f", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "transformer.wte.weight", "lm_head.weight");
        return out;
    }
}
