package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * GPT-J: rotary neighbours, attention and MLP side by side. Both read one norm, which stands for {@code ln1} and {@code ln2};
 * the unembedding has a bias.
 */
record GptjFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("gptj");
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        int d = json.integer("n_embd");
        int heads = json.integer("n_head");
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("n_layer"), d, json.integer("n_positions"), json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(json.share("n_embd", d, "n_head", heads))
                .dMlp(json.integer("n_inner", -1))
                .actFn(json.activation("activation_function"))
                .eps(json.number("layer_norm_epsilon"))
                .parallelAttnMlp(true);
        // What transformers' GPT-J does not read.
        for (String usual : new String[] {"rotary", "scale_attn_weights"}) {
            if (!json.flag(usual, true)) {
                json.problem("'" + usual + "': false is not supported");
            }
        }
        json.unsupported("scale_attn_by_inverse_layer_idx");
        RotaryFields.ofGptj(json, c);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        out.put("embed.W_E", HubRule.same("transformer.wte.weight", c.dVocab(), d));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "transformer.h." + layer + ".";
            HubArchitecture.norm(out, tl + "ln1", hub + "ln_1", d);
            HubArchitecture.norm(out, tl + "ln2", hub + "ln_1", d);
            for (String part : new String[] {"Q", "K", "V"}) {
                String file = hub + "attn." + part.toLowerCase(Locale.ROOT) + "_proj.weight";
                out.put(tl + "attn.W_" + part, HubRule.heads(file, c.nHeads(), c.dHead(), d));
                out.put(tl + "attn.b_" + part, HubRule.zeros(d));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "attn.out_proj.weight", d, d));
            out.put(tl + "attn.b_O", HubRule.zeros(d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.fc_in.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.same(hub + "mlp.fc_in.bias", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.fc_out.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.same(hub + "mlp.fc_out.bias", d));
        }
        HubArchitecture.norm(out, "ln_final", "transformer.ln_f", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "transformer.wte.weight", "lm_head.weight");
        out.put("unembed.b_U", HubRule.same("lm_head.bias", c.dVocabOut()));
        return out;
    }
}
