package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** Phi-3 and Phi-4: as Llama, with queries, keys and values in one matrix and both sides of the MLP in another. */
record Phi3Family() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("phi3");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        LlamaTrunk trunk = LlamaTrunk.of(json, "hidden_act");
        TransformerConfigBuilder c = trunk.builder();
        RotaryFields.ofPhi3(json, c, trunk.context(), trunk.dHead());
        json.unsupported("attention_bias");
        LlamaTrunk.sameWindows(json, c, json.integer("sliding_window", -1));
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out = LlamaLayout.of(false, false).rules(c, json);
        int d = c.dModel();
        int heads = c.nHeads();
        int shared = c.nKeyValueHeads();
        int width = c.dHead();
        int all = c.packedHeads() * width;
        for (int layer = 0; layer < c.nLayers(); layer++) {
            String tl = "blocks." + layer + ".";
            String qkv = "model.layers." + layer + ".self_attn.qkv_proj.weight";
            out.put(tl + "attn.W_Q", HubRule.part(qkv, all, d, 0, heads, width));
            out.put(tl + "attn.W_K", HubRule.part(qkv, all, d, heads * width, shared, width));
            out.put(tl + "attn.W_V", HubRule.part(qkv, all, d, (heads + shared) * width, shared, width));
        }
        LlamaLayout.gateAndUp(out, c);
        return out;
    }
}
