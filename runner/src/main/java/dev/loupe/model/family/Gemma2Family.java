package dev.loupe.model.family;

import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/**
 * Gemma 2: norms on what attention and MLP read and write, soft-caps on attention scores and logits, every other layer local,
 * the embedding scaled.
 */
record Gemma2Family() implements HubArchitecture {
    static final Map<String, String> NORMS = Map.of(
            "ln1", "input_layernorm",
            "ln1_post", "post_attention_layernorm",
            "ln2", "pre_feedforward_layernorm",
            "ln2_post", "post_feedforward_layernorm");

    @Override
    public List<String> modelTypes() {
        return List.of("gemma2");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        LlamaTrunk trunk = LlamaTrunk.of(json, "hidden_activation");
        TransformerConfigBuilder c = trunk.builder();
        RotaryFields.ofLlama(json, c, trunk.context(), trunk.dHead());
        shared(json, c);
        json.unsupported(LlamaTrunk.PATTERN);
        c.attnScoresSoftCap(json.number("attn_logit_softcapping", -1));
        LlamaTrunk.windows(json, c, json.integer("sliding_window", -1), layer -> layer % 2 == 0);
        json.check();
        return c.build();
    }

    /** What the generations share. */
    static void shared(ConfigJson json, TransformerConfigBuilder c) {
        c.normPlacement(NormPlacement.BEFORE_AND_AFTER)
                .attnScale(Math.sqrt(json.number("query_pre_attn_scalar")))
                .outputLogitsSoftCap(json.number("final_logit_softcapping", -1));
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaLayout.ofGemma(NORMS, c, json.flag("attention_bias")).rules(c, json);
    }
}
