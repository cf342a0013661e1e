package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** OLMo 2, in the hub's order; a file with a window is an OLMo 3, which is refused by that key. */
record GgufOlmo2() implements GgufArchitecture {
    static final Map<String, String> OUTPUT_NORMS =
            Map.of("post_attention_norm", "post_attention_layernorm", "post_ffw_norm", "post_feedforward_layernorm");

    @Override
    public String name() {
        return "olmo2";
    }

    @Override
    public GgufNames names() {
        Map<String, String> parts = new HashMap<>(GgufQwen3.HEAD_NORMS);
        parts.putAll(OUTPUT_NORMS);
        // Norms before attention and MLP are no part of the family.
        parts.put("attn_norm", "attn_norm");
        parts.put("ffn_norm", "ffn_norm");
        return GgufLlama.names(parts);
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_act");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        json.put("model_type", "olmo2");
        GgufLlama.trunk(from, json);
        json.put("attention_bias", GgufLlama.biased(from));
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return GgufOrder.SAME;
    }
}
