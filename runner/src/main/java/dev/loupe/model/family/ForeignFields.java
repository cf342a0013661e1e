package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * Fields of other families in a config.json. What asks for another computation is refused by name, and so is another
 * family's name for a quantity where it says another value than the one that is used.
 */
public final class ForeignFields {
    private static final String[] SWITCHES = {
        "compression_config",
        "num_experts",
        "num_local_experts",
        "n_routed_experts",
        "moe_intermediate_size",
        "attn_logit_softcapping",
        "final_logit_softcapping",
        "logit_softcapping",
        "query_pre_attn_scalar",
        "use_bidirectional_attention",
        "use_qk_norm",
        "qk_norm",
        "qk_layernorm",
        "use_qkv_norm",
        "alibi",
        "use_alibi",
        "alibi_bias_max",
        "clip_qkv",
        "add_cross_attention",
        "is_encoder_decoder",
        "per_layer_config",
        "no_rope_layers",
        "mlp_only_layers",
        "enable_moe_block",
        "attention_sinks",
        "attn_temperature_tuning",
        "altup_num_inputs",
        "hidden_size_per_layer_input",
        "use_mrope",
        "rope_interleaved"
    };

    private static final String[] FACTORS = {
        "embedding_multiplier",
        "residual_multiplier",
        "attention_multiplier",
        "logits_scaling",
        "logit_scale",
        "scale_emb",
        "scale_depth"
    };

    private static final List<String> ACTIVATION = List.of("hidden_act", "activation_function", "hidden_activation");
    private static final List<String> EPSILON =
            List.of("rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "layernorm_epsilon", "norm_eps");

    private ForeignFields() {}

    public static void check(ConfigJson json) {
        json.unsupported(Arrays.stream(SWITCHES)
                .filter(name -> !json.defaults().fields().contains(name))
                .toArray(String[]::new));
        for (String name : FACTORS) {
            if (json.has(name) && json.number(name, 1) != 1) {
                json.problem("'" + name + "': " + ConfigJson.shown(json.node(name)) + " is not supported");
            }
        }
        // transformers takes null for false.
        if (!json.node("is_causal").isMissingNode() && !json.flag("is_causal", false)) {
            json.problem("'is_causal': " + ConfigJson.shown(json.node("is_causal")) + " is not supported");
        }
        quantized(json);
        oneValue(json, ACTIVATION);
        oneValue(json, EPSILON);
    }

    private static void quantized(ConfigJson json) {
        JsonNode how = json.node("quantization_config");
        if (how.isObject() && how.hasNonNull("quant_method")) {
            json.problem("'quantization_config': quant_method " + ConfigJson.shown(how.path("quant_method"))
                    + " is not supported");
        } else {
            json.unsupported("quantization_config");
        }
    }

    /** The names under which families keep one quantity: where several stand there, they must say the same. */
    private static void oneValue(ConfigJson json, List<String> names) {
        for (String own : names) {
            if (json.defaults().fields().contains(own)) {
                for (String other : names) {
                    if (!other.equals(own)) {
                        same(json, other, own, json.value(own));
                    }
                }
            }
        }
    }

    /** Refuses a field that this family does not read and that says another value than the one that is used. */
    static void same(ConfigJson json, String foreign, String own, JsonNode used) {
        JsonNode said = json.node(foreign);
        boolean equal =
                said.isNumber() && used.isNumber() ? said.doubleValue() == used.doubleValue() : said.equals(used);
        if (json.has(foreign) && !equal) {
            json.problem("'" + foreign + "' is " + ConfigJson.shown(said) + ", which this family does not read; '" + own
                    + "' is " + ConfigJson.shown(used));
        }
    }
}
