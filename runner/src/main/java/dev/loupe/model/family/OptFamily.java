package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OPT: learned positions whose table begins with two unused rows, norms before attention and MLP, relu. */
record OptFamily() implements HubArchitecture {
    /** Rows of the position table before position 0 (padding; OPTLearnedPositionalEmbedding.offset). */
    private static final int OFFSET = 2;

    @Override
    public List<String> modelTypes() {
        return List.of("opt");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        json.unsupported("_remove_final_layer_norm");
        RotaryFields.none(json);
        int d = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        if (!json.flag("do_layer_norm_before")) {
            json.problem("'do_layer_norm_before': false (norms after attention and MLP) is not supported");
        }
        if (!json.flag("layer_norm_elementwise_affine")) {
            json.problem("'layer_norm_elementwise_affine': false is not supported");
        }
        int embedded = json.integer("word_embed_proj_dim", d);
        if (embedded != d) {
            json.problem("'word_embed_proj_dim': " + embedded + " other than hidden_size " + d + " is not supported");
        }
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("num_hidden_layers"),
                        d,
                        json.integer("max_position_embeddings"),
                        json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(json.share("hidden_size", d, "num_attention_heads", heads))
                .dMlp(json.integer("ffn_dim"))
                .actFn(json.activation("activation_function"));
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        boolean biased = json.flag("enable_bias");
        out.put("embed.W_E", HubRule.same("model.decoder.embed_tokens.weight", c.dVocab(), d));
        long[] table = {(long) c.nCtx() + OFFSET, d};
        out.put("pos_embed.W_pos", new HubRule("model.decoder.embed_positions.weight", table, (row, from, at, to) -> {
            if (row >= OFFSET) {
                to.put((row - OFFSET) * d, from, at, d);
            }
        }));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "model.decoder.layers." + layer + ".";
            HubArchitecture.norm(out, tl + "ln1", hub + "self_attn_layer_norm", d);
            HubArchitecture.norm(out, tl + "ln2", hub + "final_layer_norm", d);
            for (String part : new String[] {"Q", "K", "V"}) {
                String file = hub + "self_attn." + part.toLowerCase(Locale.ROOT) + "_proj";
                out.put(tl + "attn.W_" + part, HubRule.heads(file + ".weight", c.nHeads(), c.dHead(), d));
                out.put(tl + "attn.b_" + part, bias(biased, file, d));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "self_attn.out_proj.weight", d, d));
            out.put(tl + "attn.b_O", bias(biased, hub + "self_attn.out_proj", d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "fc1.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", bias(biased, hub + "fc1", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "fc2.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", bias(biased, hub + "fc2", d));
        }
        HubArchitecture.norm(out, "ln_final", "model.decoder.final_layer_norm", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "model.decoder.embed_tokens.weight", "lm_head.weight");
        return out;
    }

    private static HubRule bias(boolean there, String layer, int width) {
        return there ? HubRule.same(layer + ".bias", width) : HubRule.zeros(width);
    }
}
