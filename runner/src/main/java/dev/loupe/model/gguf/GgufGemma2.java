package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gemma 2. The converter adds 1 to every gain, and has no key for the scale of attention scores, which llama.cpp knows from the
 * number of layers.
 */
record GgufGemma2() implements GgufArchitecture {
    private static final int LAYERS_OF_27B = 46;

    static final Map<String, String> NORMS = norms();

    private static Map<String, String> norms() {
        Map<String, String> out = new HashMap<>(GgufOlmo2.OUTPUT_NORMS);
        out.put("ffn_norm", "pre_feedforward_layernorm");
        return Map.copyOf(out);
    }

    @Override
    public String name() {
        return "gemma2";
    }

    @Override
    public GgufNames names() {
        return GgufLlama.names(NORMS);
    }

    @Override
    public List<String> unsaid() {
        return List.of("hidden_activation", "hidden_act", "query_pre_attn_scalar", "layer_types");
    }

    @Override
    public void config(GgufMetadata from, ObjectNode json) {
        json.put("model_type", "gemma2");
        GgufLlama.trunk(from, json);
        json.put("attention_bias", GgufLlama.biased(from));
        json.put("attn_logit_softcapping", from.real("attn_logit_softcapping", 50));
        json.put("final_logit_softcapping", from.real("final_logit_softcapping", 30));
        json.put("sliding_window", from.size("attention.sliding_window", 4096));
        GgufWindows.put(from, json, 2);
        scale(json, LAYERS_OF_27B);
    }

    /**
     * What the scores are scaled by where no config.json beside the file says it.
     *
     * @param largest the number of layers of the one model that scales by the width of the residual stream
     */
    static void scale(ObjectNode json, int largest) {
        if (json.has("query_pre_attn_scalar")) {
            return;
        }
        boolean byWidth = json.path("num_hidden_layers").asInt() == largest;
        int heads = Math.max(1, json.path("num_attention_heads").asInt());
        json.put(
                "query_pre_attn_scalar",
                byWidth
                        ? json.path("hidden_size").asInt() / heads
                        : json.path("head_dim").asInt());
    }

    @Override
    public GgufOrder order(String hub, GgufMetadata from) {
        return gain(hub);
    }

    /** The converter adds 1 to what the hub has as a gain. */
    static GgufOrder gain(String hub) {
        return hub.endsWith("norm.weight") ? GgufOrder.WHOLE_GAIN : GgufOrder.SAME;
    }
}
