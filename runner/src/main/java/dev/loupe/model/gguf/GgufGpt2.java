package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** GPT-2. The hub stores its matrices [in, out], a GGUF file [out, in]. */
record GgufGpt2() implements GgufArchitecture {
    private static final GgufNames NAMES = new GgufNames(
            "transformer.h.",
            Map.of(
                    "attn_norm", "ln_1",
                    "attn_qkv", "attn.c_attn",
                    "attn_output", "attn.c_proj",
                    "ffn_norm", "ln_2",
                    "ffn_up", "mlp.c_fc",
                    "ffn_down", "mlp.c_proj"),
            Map.of(
                    "token_embd", "transformer.wte",
                    "position_embd", "transformer.wpe",
                    "output_norm", "transformer.ln_f",
                    "output", "lm_head"));

    @Override
    public String name() {
        return "gpt2";
    }

    @Override
    public GgufNames names() {
        return NAMES;
    }

    @Override
    public boolean rotates() {
        return false;
    }

    @Override
    public List<String> unsaid() {
        return List.of("activation_function", "scale_attn_weights", "scale_attn_by_inverse_layer_idx");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        int heads = from.size("attention.head_count");
        if (from.size("attention.head_count_kv", heads) != heads) {
            from.problem("grouped-query attention is not supported for this architecture");
        }
        // Old converters wrote this for every architecture; GPT-2 has no such switch, and llama.cpp reads none.
        from.ignore("use_parallel_residual");
        json.put("model_type", "gpt2");
        json.put("n_layer", from.size("block_count"));
        json.put("n_embd", from.size("embedding_length"));
        json.put("n_head", heads);
        json.put("n_inner", from.size("feed_forward_length"));
        json.put("n_positions", from.size("context_length"));
        json.put("layer_norm_epsilon", from.real("attention.layer_norm_epsilon"));
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return hub.contains(".c_") && hub.endsWith(".weight") ? GgufOrder.TURNED : GgufOrder.SAME;
    }
}
