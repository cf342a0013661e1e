package dev.loupe.model.family;

import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** OLMo 2: norms on what attention and MLP write alone, all queries of a position normalised together, and all keys. */
record Olmo2Family() implements HubArchitecture {
    private static final Map<String, String> NORMS =
            Map.of("ln1_post", "post_attention_layernorm", "ln2_post", "post_feedforward_layernorm");

    @Override
    public List<String> modelTypes() {
        return List.of("olmo2");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        TransformerConfigBuilder c =
                LlamaTrunk.ofLlama(json).normPlacement(NormPlacement.AFTER).qkNorm(QkNorm.PROJECTION);
        json.unsupported("sliding_window");
        LlamaTrunk.sameWindows(json, c, -1);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        boolean biased = json.flag("attention_bias");
        return new LlamaLayout(NORMS, 0, 1, biased, biased).rules(c, json);
    }
}
