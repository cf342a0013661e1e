package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Qwen 3, in the hub's order. */
record GgufQwen3() implements GgufArchitecture {
    static final Map<String, String> HEAD_NORMS =
            Map.of("attn_q_norm", "self_attn.q_norm", "attn_k_norm", "self_attn.k_norm");

    @Override
    public String name() {
        return "qwen3";
    }

    @Override
    public GgufNames names() {
        return GgufLlama.names(HEAD_NORMS);
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_act");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        json.put("model_type", "qwen3");
        GgufLlama.trunk(from, json);
        json.put("attention_bias", GgufLlama.biased(from));
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return GgufOrder.SAME;
    }
}
