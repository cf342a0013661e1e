package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Phi-1 to Phi-2: attention and MLP side by side, reading one norm that stands for {@code ln1} and {@code ln2}; half of each head
 * rotated, biases everywhere, the unembedding's among them.
 */
record PhiFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("phi");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        int d = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int dHead = json.integer("head_dim", d / Math.max(1, heads));
        int context = json.integer("max_position_embeddings");
        json.unsupported("qk_layernorm", "sliding_window");
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("num_hidden_layers"), d, context, json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(dHead)
                .nKeyValueHeads(json.integer("num_key_value_heads", heads))
                .dMlp(json.integer("intermediate_size"))
                .actFn(json.activation("hidden_act"))
                .eps(json.number("layer_norm_eps"))
                .parallelAttnMlp(true);
        RotaryFields.ofShare(json, c, context, dHead, 0.5);
        LlamaTrunk.sameWindows(json, c, -1);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        int width = c.nHeads() * c.dHead();
        out.put("embed.W_E", HubRule.same("model.embed_tokens.weight", c.dVocab(), d));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "model.layers." + layer + ".";
            HubArchitecture.norm(out, tl + "ln1", hub + "input_layernorm", d);
            HubArchitecture.norm(out, tl + "ln2", hub + "input_layernorm", d);
            for (String part : new String[] {"Q", "K", "V"}) {
                int heads = part.equals("Q") ? c.nHeads() : c.nKeyValueHeads();
                String file = hub + "self_attn." + part.toLowerCase(Locale.ROOT) + "_proj";
                out.put(tl + "attn.W_" + part, HubRule.heads(file + ".weight", heads, c.dHead(), d));
                out.put(tl + "attn.b_" + part, HubRule.same(file + ".bias", heads * c.dHead()));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "self_attn.dense.weight", d, width));
            out.put(tl + "attn.b_O", HubRule.same(hub + "self_attn.dense.bias", d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.fc1.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.same(hub + "mlp.fc1.bias", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.fc2.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.same(hub + "mlp.fc2.bias", d));
        }
        HubArchitecture.norm(out, "ln_final", "model.final_layernorm", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "model.embed_tokens.weight", "lm_head.weight");
        out.put("unembed.b_U", HubRule.same("lm_head.bias", c.dVocabOut()));
        return out;
    }
}
