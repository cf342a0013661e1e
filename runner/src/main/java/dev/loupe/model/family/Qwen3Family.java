package dev.loupe.model.family;

import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** Qwen 3: as Llama, with queries and keys normalised head by head. */
record Qwen3Family() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("qwen3");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        TransformerConfigBuilder c = LlamaTrunk.ofLlama(json).qkNorm(QkNorm.HEAD);
        Qwen2Family.windows(json, c);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        boolean biased = json.flag("attention_bias");
        return LlamaLayout.of(biased, biased).rules(c, json);
    }
}
