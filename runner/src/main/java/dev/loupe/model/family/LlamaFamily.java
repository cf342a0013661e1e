package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** Llama and Mistral: root-mean-square norms, rotary halves, gated MLP, grouped-query attention. */
record LlamaFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("llama", "mistral");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        TransformerConfigBuilder c = LlamaTrunk.ofLlama(json);
        if (json.text("model_type", "").equals("llama")) {
            // Some implementations obey it and others do not, so there is no right answer.
            json.unsupported("sliding_window");
            LlamaTrunk.sameWindows(json, c, -1);
        } else {
            // transformers' Mistral has no such bias, and the window in every layer, whatever layer_types says.
            json.unsupported("attention_bias");
            LlamaTrunk.sameWindows(json, c, json.integer("sliding_window", -1));
        }
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        boolean biased = json.flag("attention_bias", false);
        return LlamaLayout.of(biased, biased).rules(c, json);
    }
}
