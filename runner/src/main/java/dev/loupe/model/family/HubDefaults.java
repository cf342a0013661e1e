package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a field means that a config.json leaves out or sets to null: each family's own defaults, as the configuration
 * classes of transformers {@value #TRANSFORMERS} have them. Only the fields that Loupe reads; rotary fields are read by
 * {@link RotaryFields}.
 */
final class HubDefaults {
    static final String TRANSFORMERS = "5.24.0";

    private static final Map<String, HubDefaults> ALL = new LinkedHashMap<>();

    static {
        add("llama")
                .is("vocab_size", 32000)
                .is("hidden_size", 4096)
                .is("intermediate_size", 11008)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .none("num_key_value_heads")
                .none("head_dim")
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 2048)
                .is("rms_norm_eps", 1e-6)
                .is("attention_bias", false)
                .is("mlp_bias", false)
                .is("tie_word_embeddings", false);
        add("mistral")
                .is("vocab_size", 32000)
                .is("hidden_size", 4096)
                .is("intermediate_size", 14336)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .is("num_key_value_heads", 8)
                .none("head_dim")
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 131072)
                .is("rms_norm_eps", 1e-6)
                .orNone("sliding_window", 4096)
                .is("tie_word_embeddings", false);
        add("qwen2")
                .is("vocab_size", 151936)
                .is("hidden_size", 4096)
                .is("intermediate_size", 22016)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .orNone("num_key_value_heads", 32)
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 32768)
                .is("rms_norm_eps", 1e-6)
                .is("use_sliding_window", false)
                .orNone("sliding_window", 4096)
                .is("max_window_layers", 28)
                .is("tie_word_embeddings", false);
        add("qwen3")
                .is("vocab_size", 151936)
                .is("hidden_size", 4096)
                .is("intermediate_size", 22016)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .orNone("num_key_value_heads", 32)
                .is("head_dim", 128)
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 32768)
                .is("rms_norm_eps", 1e-6)
                .is("attention_bias", false)
                .is("use_sliding_window", false)
                .orNone("sliding_window", 4096)
                .is("max_window_layers", 28)
                .is("tie_word_embeddings", false);
        add("gemma2")
                .is("vocab_size", 256000)
                .is("hidden_size", 2304)
                .is("intermediate_size", 9216)
                .is("num_hidden_layers", 26)
                .is("num_attention_heads", 8)
                .is("num_key_value_heads", 4)
                .is("head_dim", 256)
                .is("hidden_activation", "gelu_pytorch_tanh")
                .is("max_position_embeddings", 8192)
                .is("rms_norm_eps", 1e-6)
                .is("attention_bias", false)
                .is("query_pre_attn_scalar", 256)
                .orNone("sliding_window", 4096)
                .orNone("final_logit_softcapping", 30.0)
                .orNone("attn_logit_softcapping", 50.0)
                .is("tie_word_embeddings", true);
        add("gemma3_text")
                .is("vocab_size", 262208)
                .is("hidden_size", 2304)
                .is("intermediate_size", 9216)
                .is("num_hidden_layers", 26)
                .is("num_attention_heads", 8)
                .is("num_key_value_heads", 4)
                .is("head_dim", 256)
                .is("hidden_activation", "gelu_pytorch_tanh")
                .is("max_position_embeddings", 131072)
                .is("rms_norm_eps", 1e-6)
                .is("attention_bias", false)
                .is("query_pre_attn_scalar", 256)
                .orNone("sliding_window", 4096)
                .none("final_logit_softcapping")
                .is("tie_word_embeddings", true);
        add("olmo2")
                .is("vocab_size", 50304)
                .is("hidden_size", 4096)
                .is("intermediate_size", 11008)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .none("num_key_value_heads")
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 2048)
                .is("rms_norm_eps", 1e-5)
                .is("attention_bias", false)
                .is("tie_word_embeddings", false);
        add("phi3")
                .is("vocab_size", 32064)
                .is("hidden_size", 3072)
                .is("intermediate_size", 8192)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .none("num_key_value_heads")
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 4096)
                .is("original_max_position_embeddings", 4096)
                .is("rms_norm_eps", 1e-5)
                .none("sliding_window")
                .is("tie_word_embeddings", false);
        add("phi")
                .is("vocab_size", 51200)
                .is("hidden_size", 2048)
                .is("intermediate_size", 8192)
                .is("num_hidden_layers", 24)
                .is("num_attention_heads", 32)
                .none("num_key_value_heads")
                .is("hidden_act", "gelu_new")
                .is("max_position_embeddings", 2048)
                .is("layer_norm_eps", 1e-5)
                .is("qk_layernorm", false)
                .is("tie_word_embeddings", false);
        add("stablelm")
                .is("vocab_size", 50304)
                .is("hidden_size", 2560)
                .is("intermediate_size", 6912)
                .is("num_hidden_layers", 32)
                .is("num_attention_heads", 32)
                .is("num_key_value_heads", 32)
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 4096)
                .is("layer_norm_eps", 1e-5)
                .is("use_qkv_bias", false)
                .is("qk_layernorm", false)
                .is("use_parallel_residual", false)
                .is("tie_word_embeddings", false);
        add("glm")
                .is("vocab_size", 151552)
                .is("hidden_size", 4096)
                .is("intermediate_size", 13696)
                .is("num_hidden_layers", 40)
                .is("num_attention_heads", 32)
                .orNone("num_key_value_heads", 2)
                .orNone("head_dim", 128)
                .is("hidden_act", "silu")
                .is("max_position_embeddings", 131072)
                .is("rms_norm_eps", 1.5625e-7)
                .is("attention_bias", true)
                .is("tie_word_embeddings", false);
        add("gemma")
                .is("vocab_size", 256000)
                .is("hidden_size", 3072)
                .is("intermediate_size", 24576)
                .is("num_hidden_layers", 28)
                .is("num_attention_heads", 16)
                .is("num_key_value_heads", 16)
                .is("head_dim", 256)
                .is("hidden_act", "gelu_pytorch_tanh")
                .is("max_position_embeddings", 8192)
                .is("rms_norm_eps", 1e-6)
                .is("attention_bias", false)
                .is("tie_word_embeddings", true);
        add("gptj")
                .is("vocab_size", 50400)
                .is("n_positions", 2048)
                .is("n_embd", 4096)
                .is("n_layer", 28)
                .is("n_head", 16)
                .is("rotary_dim", 64)
                .none("n_inner")
                .is("activation_function", "gelu_new")
                .is("layer_norm_epsilon", 1e-5)
                .is("tie_word_embeddings", false)
                .also("hidden_size", "n_embd")
                .also("max_position_embeddings", "n_positions")
                .also("num_attention_heads", "n_head")
                .also("num_hidden_layers", "n_layer");
        add("gpt2")
                .is("vocab_size", 50257)
                .is("n_positions", 1024)
                .is("n_embd", 768)
                .is("n_layer", 12)
                .is("n_head", 12)
                .none("n_inner")
                .is("activation_function", "gelu_new")
                .is("layer_norm_epsilon", 1e-5)
                .is("scale_attn_weights", true)
                .is("scale_attn_by_inverse_layer_idx", false)
                .is("tie_word_embeddings", true)
                .also("hidden_size", "n_embd")
                .also("max_position_embeddings", "n_positions")
                .also("num_attention_heads", "n_head")
                .also("num_hidden_layers", "n_layer");
        add("gpt_neox")
                .is("vocab_size", 50432)
                .is("hidden_size", 6144)
                .is("num_hidden_layers", 44)
                .is("num_attention_heads", 64)
                .is("intermediate_size", 24576)
                .is("hidden_act", "gelu")
                .is("max_position_embeddings", 2048)
                .is("layer_norm_eps", 1e-5)
                .is("use_parallel_residual", true)
                .is("attention_bias", true)
                .is("tie_word_embeddings", false);
        add("gpt_neo")
                .is("vocab_size", 50257)
                .is("max_position_embeddings", 2048)
                .is("hidden_size", 2048)
                .is("num_layers", 24)
                .is("num_heads", 16)
                .none("intermediate_size")
                .is("window_size", 256)
                .is("activation_function", "gelu_new")
                .is("layer_norm_epsilon", 1e-5)
                .is("tie_word_embeddings", true)
                .also("num_attention_heads", "num_heads")
                .also("num_hidden_layers", "num_layers");
        add("opt")
                .is("vocab_size", 50272)
                .is("hidden_size", 768)
                .is("num_hidden_layers", 12)
                .is("ffn_dim", 3072)
                .is("max_position_embeddings", 2048)
                .is("do_layer_norm_before", true)
                .is("_remove_final_layer_norm", false)
                .none("word_embed_proj_dim")
                .is("num_attention_heads", 12)
                .is("activation_function", "relu")
                .is("enable_bias", true)
                .is("layer_norm_elementwise_affine", true)
                .is("tie_word_embeddings", true);
    }

    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Set<String> mayBeNull = new HashSet<>();
    private final Map<String, String> otherNames = new HashMap<>();

    private static HubDefaults add(String modelType) {
        HubDefaults out = new HubDefaults();
        ALL.put(modelType, out);
        return out;
    }

    private HubDefaults is(String field, Object value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        values.put(
                field,
                value instanceof Integer whole
                        ? make.numberNode(whole)
                        : value instanceof Double real
                                ? make.numberNode(real)
                                : value instanceof Boolean truth
                                        ? make.booleanNode(truth)
                                        : make.textNode(value.toString()));
        return this;
    }

    /** Null has a meaning of its own, which is not the default. */
    private HubDefaults orNone(String field, Object value) {
        mayBeNull.add(field);
        return is(field, value);
    }

    /** The default is null. */
    private HubDefaults none(String field) {
        mayBeNull.add(field);
        values.put(field, JsonNodeFactory.instance.nullNode());
        return this;
    }

    private HubDefaults also(String otherName, String field) {
        otherNames.put(otherName, field);
        return this;
    }

    /** Of a {@code model_type}; a family that is not known has none. */
    static HubDefaults of(String modelType) {
        return ALL.getOrDefault(modelType, new HubDefaults());
    }

    static Set<String> modelTypes() {
        return ALL.keySet();
    }

    Set<String> fields() {
        return values.keySet();
    }

    /** What a field that is left out means; missing where the family has no such field. */
    JsonNode value(String field) {
        JsonNode value = values.get(field);
        return value == null ? MissingNode.getInstance() : value;
    }

    /** Whether null is a value that the field may have. */
    boolean mayBeNull(String field) {
        return !values.containsKey(field) || mayBeNull.contains(field);
    }

    /** Other names that the family reads a field by. */
    List<String> otherNames(String field) {
        return otherNames.entrySet().stream()
                .filter(e -> e.getValue().equals(field))
                .map(Map.Entry::getKey)
                .toList();
    }
}
