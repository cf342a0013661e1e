package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * GPT-NeoX (Pythia). The hub's packed queries, keys and values are [head, 3, d_head], a GGUF file's [3, head, d_head].
 */
record GgufGptNeox() implements GgufArchitecture {
    private static final GgufNames NAMES = new GgufNames(
            "gpt_neox.layers.",
            Map.of(
                    "attn_norm", "input_layernorm",
                    "attn_qkv", "attention.query_key_value",
                    "attn_output", "attention.dense",
                    "ffn_norm", "post_attention_layernorm",
                    "ffn_up", "mlp.dense_h_to_4h",
                    "ffn_down", "mlp.dense_4h_to_h"),
            Map.of(
                    "token_embd", "gpt_neox.embed_in",
                    "output_norm", "gpt_neox.final_layer_norm",
                    "output", "embed_out"));

    @Override
    public String name() {
        return "gptneox";
    }

    @Override
    public GgufNames names() {
        return NAMES;
    }

    /** The activation too: files are silent about it, and the published models have the exact gelu. */
    @Override
    public List<String> unsaid() {
        return List.of("hidden_act", "rotary_emb_base", "rope_parameters");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        int width = from.size("embedding_length");
        int heads = from.size("attention.head_count");
        if (from.size("attention.head_count_kv", heads) != heads) {
            from.problem("grouped-query attention is not supported for this architecture");
        }
        int dHead = Math.max(1, width / heads);
        json.put("model_type", "gpt_neox");
        json.put("num_hidden_layers", from.size("block_count"));
        json.put("hidden_size", width);
        json.put("num_attention_heads", heads);
        json.put("intermediate_size", from.size("feed_forward_length"));
        json.put("max_position_embeddings", from.size("context_length"));
        json.put("layer_norm_eps", from.real("attention.layer_norm_epsilon"));
        json.put("use_parallel_residual", from.flag("use_parallel_residual"));
        json.put("rotary_pct", (double) from.size("rope.dimension_count", dHead) / dHead);
        // Files that leave the base out have the usual one, or the one that a config.json says.
        JsonNode theta = json.path("rope_parameters").path("rope_theta");
        double usual = theta.isNumber()
                ? theta.doubleValue()
                : json.path("rotary_emb_base").asDouble(10000);
        json.remove("rope_parameters");
        json.put("rotary_emb_base", from.real("rope.freq_base", usual));
        json.put("attention_bias", from.file().has("blk.0.attn_qkv.bias"));
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        if (!hub.contains(".query_key_value.")) {
            return GgufOrder.SAME;
        }
        int width = from.size("embedding_length", 1);
        int dHead = Math.max(1, width / from.size("attention.head_count", 1));
        return GgufOrder.rows(row -> {
            int head = row % width / dHead;
            return (head * 3 + row / width) * dHead + row % dHead;
        });
    }
}
