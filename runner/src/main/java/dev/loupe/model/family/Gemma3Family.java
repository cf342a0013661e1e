package dev.loupe.model.family;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/**
 * Gemma 3's text models: as Gemma 2, with queries and keys normalised head by head, five local layers to a global one, and a
 * rotary base of the local layers' own.
 */
record Gemma3Family() implements HubArchitecture {
    private static final int USUAL_PATTERN = 6;

    @Override
    public List<String> modelTypes() {
        return List.of("gemma3_text");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        LlamaTrunk trunk = LlamaTrunk.of(json, "hidden_activation");
        TransformerConfigBuilder c = trunk.builder().qkNorm(QkNorm.HEAD);
        RotaryFields.ofGemma3(json, c, trunk.context(), trunk.dHead());
        Gemma2Family.shared(json, c);
        // transformers reads it and does not apply it, others apply it: there is no right answer.
        json.unsupported("attn_logit_softcapping");
        int pattern = json.integer(LlamaTrunk.PATTERN, USUAL_PATTERN);
        if (pattern < 1) {
            json.problem("'" + LlamaTrunk.PATTERN + "': " + pattern + " is not supported");
        }
        if (json.node("layer_types").isEmpty()) {
            ForeignFields.same(json, "_" + LlamaTrunk.PATTERN, LlamaTrunk.PATTERN, IntNode.valueOf(pattern));
        }
        LlamaTrunk.windows(
                json, c, json.integer("sliding_window", -1), layer -> (layer + 1) % Math.max(1, pattern) != 0);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaLayout.ofGemma(Gemma2Family.NORMS, c, json.flag("attention_bias"))
                .rules(c, json);
    }
}
