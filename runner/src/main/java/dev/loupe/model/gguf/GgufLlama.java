package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Llama and Mistral. The converter puts the rows of queries and keys into the order of interleaved rotary pairs, [head,
 * d_head/2, 2] for [head, 2, d_head/2].
 */
record GgufLlama() implements GgufArchitecture {
    static final GgufNames NAMES = new GgufNames(
            "model.layers.",
            Map.of(
                    "attn_norm", "input_layernorm",
                    "ffn_norm", "post_attention_layernorm",
                    "attn_q", "self_attn.q_proj",
                    "attn_k", "self_attn.k_proj",
                    "attn_v", "self_attn.v_proj",
                    "attn_output", "self_attn.o_proj",
                    "ffn_gate", "mlp.gate_proj",
                    "ffn_up", "mlp.up_proj",
                    "ffn_down", "mlp.down_proj"),
            Map.of("token_embd", "model.embed_tokens", "output_norm", "model.norm", "output", "lm_head"));

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public GgufNames names() {
        return NAMES;
    }

    @Override
    public boolean scalesByPair() {
        return true;
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_act", "sliding_window");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        trunk(from, json);
        json.put("attention_bias", biased(from));
        int window = from.window();
        if (window > 0) {
            json.put("sliding_window", window);
        }
        json.put("model_type", json.hasNonNull("sliding_window") ? "mistral" : "llama");
    }

    /** Whether queries, keys and values have biases. */
    static boolean biased(GgufMetadata from) {
        return from.file().has("blk.0.attn_q.bias");
    }

    /** The same names and others. */
    static GgufNames names(Map<String, String> others) {
        Map<String, String> parts = new HashMap<>(NAMES.parts());
        parts.putAll(others);
        return new GgufNames(NAMES.layers(), parts, NAMES.whole());
    }

    /** What Llama's relatives share. */
    static void trunk(GgufMetadata from, ObjectNode json) {
        sizes(from, json);
        int dHead = json.path("head_dim").asInt();
        if (from.size("rope.dimension_count", dHead) != dHead) {
            from.problem("partial rotary embedding is not supported");
        }
    }

    /** The same without how much of a head is rotated. */
    static void sizes(GgufMetadata from, ObjectNode json) {
        int width = from.size("embedding_length");
        int heads = from.size("attention.head_count");
        int dHead = from.size("attention.key_length", Math.max(1, width / heads));
        if (from.size("attention.value_length", dHead) != dHead) {
            from.problem("different head widths of queries and values are not supported");
        }
        json.put("num_hidden_layers", from.size("block_count"));
        json.put("hidden_size", width);
        json.put("intermediate_size", from.size("feed_forward_length"));
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", from.size("attention.head_count_kv", heads));
        json.put("head_dim", dHead);
        json.put("max_position_embeddings", from.size("context_length"));
        json.put("rms_norm_eps", from.real("attention.layer_norm_rms_epsilon"));
        json.put("rope_theta", from.real("rope.freq_base", 10000));
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        boolean queries = hub.contains(".q_proj.");
        if (!queries && !hub.contains(".k_proj.")) {
            return GgufOrder.SAME;
        }
        int width = from.size("embedding_length", 1);
        int heads = from.size("attention.head_count", 1);
        int dHead = from.size("attention.key_length", width / heads);
        return GgufOrder.rows(row -> row / dHead * dHead + row % 2 * (dHead / 2) + row % dHead / 2);
    }
}
