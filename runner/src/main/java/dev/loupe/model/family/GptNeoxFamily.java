package dev.loupe.model.family;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GPT-NeoX (Pythia): partial rotary positions, attention and MLP side by side, q, k and v interleaved by head. */
record GptNeoxFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("gpt_neox");
    }

    @Override
    public String prefix() {
        return "gpt_neox.";
    }

    @Override
    public List<String> heads() {
        // transformers 5 names it as the other families do.
        return List.of("embed_out.weight", "lm_head.weight");
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        int d = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int dHead = json.share("hidden_size", d, "num_attention_heads", heads);
        int context = json.integer("max_position_embeddings");
        ForeignFields.same(json, "head_dim", "hidden_size / num_attention_heads", IntNode.valueOf(dHead));
        TransformerConfigBuilder c = TransformerConfig.builder(
                        json.integer("num_hidden_layers"), d, context, json.integer("vocab_size"))
                .nHeads(heads)
                .dHead(dHead)
                .dMlp(json.integer("intermediate_size"))
                .actFn(json.activation("hidden_act"))
                .eps(json.number("layer_norm_eps"))
                .parallelAttnMlp(json.flag("use_parallel_residual"));
        RotaryFields.ofNeox(json, c, context, dHead);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        boolean biased = json.flag("attention_bias");
        out.put("embed.W_E", HubRule.same("gpt_neox.embed_in.weight", c.dVocab(), d));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "gpt_neox.layers." + layer + ".";
            HubArchitecture.norm(out, tl + "ln1", hub + "input_layernorm", d);
            HubArchitecture.norm(out, tl + "ln2", hub + "post_attention_layernorm", d);
            String[] parts = {"Q", "K", "V"};
            for (int i = 0; i < 3; i++) {
                int part = i;
                String packed = hub + "attention.query_key_value";
                out.put(
                        tl + "attn.W_" + parts[i],
                        new HubRule(packed + ".weight", new long[] {3L * d, d}, (row, from, at, to) -> {
                            // [head, part, d_head] are the rows.
                            if (row / c.dHead() % 3 == part) {
                                int head = row / (3 * c.dHead());
                                HubRule.turned(head, row % c.dHead(), c.dHead(), d, from, at, to);
                            }
                        }));
                out.put(
                        tl + "attn.b_" + parts[i],
                        biased
                                ? new HubRule(packed + ".bias", new long[] {3L * d}, (row, from, at, to) -> {
                                    for (int head = 0; head < c.nHeads(); head++) {
                                        int start = at + (head * 3 + part) * c.dHead();
                                        to.put(head * c.dHead(), from, start, c.dHead());
                                    }
                                })
                                : HubRule.zeros(d));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "attention.dense.weight", d, d));
            out.put(tl + "attn.b_O", biased ? HubRule.same(hub + "attention.dense.bias", d) : HubRule.zeros(d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.dense_h_to_4h.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.same(hub + "mlp.dense_h_to_4h.bias", c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.dense_4h_to_h.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.same(hub + "mlp.dense_4h_to_h.bias", d));
        }
        HubArchitecture.norm(out, "ln_final", "gpt_neox.final_layer_norm", d);
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "gpt_neox.embed_in.weight", heads().get(0));
        return out;
    }
}
