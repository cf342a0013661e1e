package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GPT-2, with the inverse-layer scaling that CRFM's models use. Its matrices are stored [in, out]. */
record Gpt2Family() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("gpt2");
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        RotaryFields.none(json);
        int d = json.integer("n_embd");
        int heads = json.integer("n_head");
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("n_layer"), d, json.integer("n_positions"), json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(json.share("n_embd", d, "n_head", heads))
                .dMlp(json.integer("n_inner", -1))
                .actFn(json.activation("activation_function"))
                .eps(json.number("layer_norm_epsilon"))
                .useAttnScale(json.flag("scale_attn_weights"))
                .scaleAttnByInverseLayerIdx(json.flag("scale_attn_by_inverse_layer_idx"));
        json.check();
        return c.build();
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
            String[] parts = {"Q", "K", "V"};
            for (int i = 0; i < 3; i++) {
                int part = i;
                out.put(
                        tl + "attn.W_" + parts[i],
                        new HubRule(hub + "attn.c_attn.weight", new long[] {d, 3L * d}, (row, from, at, to) -> {
                            for (int head = 0; head < c.nHeads(); head++) {
                                int start = at + part * d + head * c.dHead();
                                to.put((head * d + row) * c.dHead(), from, start, c.dHead());
                            }
                        }));
                out.put(
                        tl + "attn.b_" + parts[i],
                        new HubRule(
                                hub + "attn.c_attn.bias",
                                new long[] {3L * d},
                                (row, from, at, to) -> to.put(0, from, at + part * d, d)));
            }
            out.put(tl + "attn.W_O", HubRule.same(hub + "attn.c_proj.weight", d, d));
            out.put(tl + "attn.b_O", HubRule.same(hub + "attn.c_proj.bias", d));
            out.put(tl + "mlp.W_in", HubRule.same(hub + "mlp.c_fc.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_in", HubRule.same(hub + "mlp.c_fc.bias", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.same(hub + "mlp.c_proj.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_out", HubRule.same(hub + "mlp.c_proj.bias", d));
        }
        HubArchitecture.norm(out, "ln_final", "transformer.ln_f", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "transformer.wte.weight", "lm_head.weight");
        return out;
    }
}
