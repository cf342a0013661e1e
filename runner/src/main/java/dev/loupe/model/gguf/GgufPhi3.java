package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.RotaryScaling;
import java.util.List;
import java.util.Map;

/**
 * Phi-3 and Phi-4, in the hub's order, which keeps queries, keys and values in one matrix and both sides of the MLP in another.
 * The window that a file names is obeyed as transformers obeys it; llama.cpp warns that it does not.
 */
record GgufPhi3() implements GgufArchitecture {
    @Override
    public String name() {
        return "phi3";
    }

    @Override
    public GgufNames names() {
        return GgufLlama.names(Map.of("attn_qkv", "self_attn.qkv_proj", "ffn_up", "mlp.gate_up_proj"));
    }

    @Override
    public boolean scalesByLength() {
        return true;
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_act");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        json.put("model_type", "phi3");
        GgufLlama.sizes(from, json);
        int dHead = json.path("head_dim").asInt();
        json.put("partial_rotary_factor", (double) from.size("rope.dimension_count", dHead) / dHead);
        // How positions are scaled is read from the file itself; without that, this is the length of the first
        // training.
        json.set("original_max_position_embeddings", json.path("max_position_embeddings"));
        int window = from.window();
        if (window > 0) {
            json.put("sliding_window", window);
        }
    }

    /** The context of a file is the longest input. */
    @Override
    public int reach(RotaryScaling scaling, int context) {
        return context;
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return GgufOrder.SAME;
    }
}
