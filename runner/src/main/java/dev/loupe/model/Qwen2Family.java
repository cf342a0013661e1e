package dev.loupe.model;

import java.util.List;
import java.util.Map;

/** Qwen2 and 2.5: as Llama, with biases on queries, keys and values. */
record Qwen2Family() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("qwen2");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        json.unsupported("use_sliding_window");
        TransformerConfigBuilder c = LlamaFamily.trunk(json);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaFamily.rules(c, json, true, false);
    }
}
