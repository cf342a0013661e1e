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
        TransformerConfigBuilder c = LlamaTrunk.ofLlama(json);
        windows(json, c);
        json.check();
        return c.build();
    }

    /** Qwen's windows: from a layer on, and only where a switch says so. */
    static void windows(ConfigJson json, TransformerConfigBuilder c) {
        json.unsupported(LlamaTrunk.PATTERN);
        int window = json.flag("use_sliding_window") ? json.integer("sliding_window", -1) : -1;
        int first = json.integer("max_window_layers");
        LlamaTrunk.windows(json, c, window, layer -> window > 0 && layer >= first);
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaLayout.of(true, false).rules(c, json);
    }
}
