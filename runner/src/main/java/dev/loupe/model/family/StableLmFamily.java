package dev.loupe.model.family;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** StableLM: as Llama, with LayerNorms and a share of each head rotated; attention and MLP may be side by side, reading one norm. */
record StableLmFamily() implements HubArchitecture {
    private static final String PARALLEL = "use_parallel_residual";

    @Override
    public List<String> modelTypes() {
        return List.of("stablelm");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        LlamaTrunk trunk = LlamaTrunk.of(json, "hidden_act", Normalization.LN, "layer_norm_eps");
        int own = json.integer("hidden_size") / Math.max(1, json.integer("num_attention_heads"));
        ForeignFields.same(json, "head_dim", "hidden_size / num_attention_heads", IntNode.valueOf(own));
        // Biases are where use_qkv_bias says so.
        json.unsupported("attention_bias", "qk_layernorm", "sliding_window");
        TransformerConfigBuilder c = trunk.builder().parallelAttnMlp(json.flag(PARALLEL));
        RotaryFields.ofShare(json, c, trunk.context(), trunk.dHead(), 0.25);
        LlamaTrunk.sameWindows(json, c, -1);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        Map<String, String> norms =
                json.flag(PARALLEL) ? Map.of("ln1", "input_layernorm", "ln2", "input_layernorm") : LlamaLayout.BEFORE;
        return new LlamaLayout(norms, 0, 1, json.flag("use_qkv_bias"), false).rules(c, json);
    }
}
