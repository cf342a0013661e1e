package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
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
        TransformerConfigBuilder c = LlamaFamily.trunk(json);
        boolean windows = json.flag("use_sliding_window");
        int window = windows ? json.integer("sliding_window", -1) : -1;
        LlamaFamily.windows(json, c, window, json.integer("max_window_layers"));
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaFamily.rules(c, json, true, false);
    }
}
