package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** GLM-4's first generation: as Llama, with half of each head rotated, as neighbours, and both sides of the MLP in one matrix. */
record GlmFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("glm");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        LlamaTrunk trunk = LlamaTrunk.of(json, "hidden_act");
        TransformerConfigBuilder c = trunk.builder();
        RotaryFields.ofShare(json, c, trunk.context(), trunk.dHead(), 0.5);
        json.unsupported("sliding_window");
        LlamaTrunk.sameWindows(json, c, -1);
        json.check();
        return c.rotaryAdjacentPairs(true).build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, HubRule> out =
                LlamaLayout.of(json.flag("attention_bias"), false).rules(c, json);
        LlamaLayout.gateAndUp(out, c);
        return out;
    }
}
