package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.RotaryScaling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gemma 3's text models; the rotary base and scaling of a file are those of global layers. */
record GgufGemma3() implements GgufArchitecture {
    private static final int LAYERS_OF_27B = 62;

    @Override
    public String name() {
        return "gemma3";
    }

    @Override
    public GgufNames names() {
        Map<String, String> parts = new HashMap<>(GgufGemma2.NORMS);
        parts.putAll(GgufQwen3.HEAD_NORMS);
        return GgufLlama.names(parts);
    }

    @Override
    public List<String> unsaid() {
        return List.of(
                "hidden_activation",
                "hidden_act",
                "query_pre_attn_scalar",
                "layer_types",
                "sliding_window_pattern",
                "rope_local_base_freq");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        json.put("model_type", "gemma3_text");
        GgufLlama.trunk(from, json);
        json.put("attention_bias", GgufLlama.biased(from));
        double cap = from.real("final_logit_softcapping", 0);
        if (cap != 0) {
            json.put("final_logit_softcapping", cap);
        }
        if (from.has("rope.freq_base_swa") || !json.has("rope_local_base_freq")) {
            json.put("rope_local_base_freq", from.real("rope.freq_base_swa", 10000));
        }
        int window = from.window();
        if (window > 0) {
            json.put("sliding_window", window);
            GgufWindows.put(from, json, 6);
        } else {
            json.putNull("sliding_window");
            json.put("sliding_window_pattern", 1);
        }
        GgufGemma2.scale(json, LAYERS_OF_27B);
    }

    /** The context of a file is the scaled one. */
    @Override
    public int reach(RotaryScaling scaling, int context) {
        return context;
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return GgufGemma2.gain(hub);
    }
}
