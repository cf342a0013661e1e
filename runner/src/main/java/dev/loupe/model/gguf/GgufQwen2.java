package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Qwen2 and 2.5, in the hub's order. */
record GgufQwen2() implements GgufArchitecture {
    @Override
    public String name() {
        return "qwen2";
    }

    @Override
    public GgufNames names() {
        return GgufLlama.NAMES;
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_act");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        GgufLlama.trunk(from, json);
        json.put("model_type", "qwen2");
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return GgufOrder.SAME;
    }
}
