package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Under which names and in which form Llama's relatives keep their tensors.
 *
 * @param norms a block's norms, TransformerLens to hub
 * @param gains what is added to every norm's stored gain, 1 for Gemma
 * @param embedding what the token embedding is multiplied by before block 0
 * @param inBias whether queries, keys and values have a bias
 * @param outBias whether attention's output has one
 */
record LlamaLayout(Map<String, String> norms, float gains, float embedding, boolean inBias, boolean outBias) {
    /** Norms before attention and MLP, as Llama has them. */
    static final Map<String, String> BEFORE = Map.of("ln1", "input_layernorm", "ln2", "post_attention_layernorm");

    /** Norms as Llama has them. */
    static LlamaLayout of(boolean inBias, boolean outBias) {
        return new LlamaLayout(BEFORE, 0, 1, inBias, outBias);
    }

    /** Gemma's: the stored gain is less by 1, and the embedding is scaled by the root of its width, in single precision. */
    static LlamaLayout ofGemma(Map<String, String> norms, TransformerConfig c, boolean biased) {
        return new LlamaLayout(norms, 1, (float) Math.sqrt(c.dModel()), biased, biased);
    }

    Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = new LinkedHashMap<>();
        int d = c.dModel();
        int width = c.nHeads() * c.dHead();
        HubRule embed = HubRule.same("model.embed_tokens.weight", c.dVocab(), d);
        out.put("embed.W_E", embedding == 1 ? embed : embed.changed(0, embedding));
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String hub = "model.layers." + layer + ".";
            norms.forEach((own, stored) -> norm(out, c, tl + own, hub + stored));
            for (String part : new String[] {"Q", "K", "V"}) {
                int heads = part.equals("Q") ? c.nHeads() : c.nKeyValueHeads();
                String file = hub + "self_attn." + part.toLowerCase(Locale.ROOT) + "_proj";
                int size = heads * c.dHead();
                out.put(tl + "attn.W_" + part, HubRule.heads(file + ".weight", heads, c.dHead(), d));
                out.put(tl + "attn.b_" + part, inBias ? HubRule.same(file + ".bias", size) : HubRule.zeros(size));
            }
            if (!c.qkNorm().isNone()) {
                out.put(
                        tl + "attn.q_norm.w",
                        gain(hub + "self_attn.q_norm", c.qkNorm().width(c.nHeads(), c.dHead())));
                out.put(
                        tl + "attn.k_norm.w",
                        gain(hub + "self_attn.k_norm", c.qkNorm().width(c.nKeyValueHeads(), c.dHead())));
            }
            out.put(tl + "attn.W_O", HubRule.transposed(hub + "self_attn.o_proj.weight", d, width));
            out.put(tl + "attn.b_O", outBias ? HubRule.same(hub + "self_attn.o_proj.bias", d) : HubRule.zeros(d));
            out.put(tl + "mlp.W_gate", HubRule.transposed(hub + "mlp.gate_proj.weight", c.dMlp(), d));
            out.put(tl + "mlp.W_in", HubRule.transposed(hub + "mlp.up_proj.weight", c.dMlp(), d));
            out.put(tl + "mlp.b_in", HubRule.zeros(c.dMlp()));
            out.put(tl + "mlp.W_out", HubRule.transposed(hub + "mlp.down_proj.weight", d, c.dMlp()));
            out.put(tl + "mlp.b_out", HubRule.zeros(d));
        }
        norm(out, c, "ln_final", "model.norm");
        boolean tied = json.flag("tie_word_embeddings");
        HubArchitecture.unembedding(out, c, tied, "model.embed_tokens.weight", "lm_head.weight");
        return out;
    }

    private void norm(Map<String, HubRule> out, TransformerConfig c, String tl, String hub) {
        out.put(tl + ".w", gain(hub, c.dModel()));
        if (c.normalizationType().hasBias()) {
            out.put(tl + ".b", HubRule.same(hub + ".bias", c.dModel()));
        }
    }

    /** Both sides of the MLPs from one matrix, the gate first. */
    static void gateAndUp(Map<String, HubRule> out, TransformerConfig c) {
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".mlp.";
            String sides = "model.layers." + layer + ".mlp.gate_up_proj.weight";
            out.put(tl + "W_gate", HubRule.part(sides, 2 * c.dMlp(), c.dModel(), 0, 1, c.dMlp()));
            out.put(tl + "W_in", HubRule.part(sides, 2 * c.dMlp(), c.dModel(), c.dMlp(), 1, c.dMlp()));
        }
    }

    private HubRule gain(String name, int width) {
        HubRule stored = HubRule.same(name + ".weight", width);
        return gains == 0 ? stored : stored.changed(gains, 1);
    }
}
