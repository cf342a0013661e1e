package dev.loupe.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.tensors.GgufFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a GGUF file says about its model, in the fields of a hub family's config.json. */
final class GgufModel {
    private final GgufFile gguf;
    private final String architecture;

    /** @throws WeightsException where the architecture is not known */
    GgufModel(GgufFile gguf) {
        this.gguf = gguf;
        this.architecture = String.valueOf(gguf.metadata().get("general.architecture"));
        if (!architecture.equals("llama") && !architecture.equals("qwen2")) {
            throw new WeightsException(
                    gguf.file(),
                    List.of("architecture '" + architecture + "' is not supported; known are llama, qwen2"));
        }
    }

    /** The file's tensors under the hub's names and in the hub's order. */
    GgufTensors tensors() {
        int heads = (int) whole("attention.head_count", 1);
        int shared = (int) whole("attention.head_count_kv", heads);
        // Only llama's converter reorders the rows of queries and keys.
        return architecture.equals("llama") ? new GgufTensors(gguf, heads, shared) : new GgufTensors(gguf, 0, 0);
    }

    ConfigJson config() {
        List<String> problems = new ArrayList<>();
        for (String needed : new String[] {
            "block_count", "embedding_length", "feed_forward_length", "attention.head_count", "context_length"
        }) {
            if (!(value(needed) instanceof Long)) {
                problems.add("metadata lacks " + architecture + "." + needed + ", a whole number");
            }
        }
        if (whole("expert_count", 0) > 0) {
            problems.add("experts are not supported");
        }
        String scaling = String.valueOf(value("rope.scaling.type"));
        if (!scaling.equals("null") && !scaling.equals("none")) {
            problems.add("rope.scaling.type '" + scaling + "' is not supported");
        }
        if (gguf.has("rope_freqs.weight")) {
            problems.add("scaled rotary frequencies (rope_freqs.weight) are not supported");
        }
        if (!gguf.has("token_embd.weight")) {
            problems.add("has no token_embd.weight");
        } else {
            vocabulary(problems);
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(gguf.file(), problems);
        }
        long width = whole("embedding_length", 0);
        long heads = Math.max(1, whole("attention.head_count", 1));
        long dHead = whole("attention.key_length", width / heads);
        if (whole("rope.dimension_count", dHead) != dHead) {
            throw new WeightsException(gguf.file(), List.of("partial rotary embedding is not supported"));
        }
        ObjectNode json = new ObjectNode(JsonNodeFactory.instance);
        json.put("model_type", architecture);
        json.put("num_hidden_layers", whole("block_count", 0));
        json.put("hidden_size", width);
        json.put("intermediate_size", whole("feed_forward_length", 0));
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", whole("attention.head_count_kv", heads));
        json.put("head_dim", dHead);
        json.put("max_position_embeddings", whole("context_length", 0));
        json.put("vocab_size", gguf.shape("token_embd.weight")[0]);
        json.put("rms_norm_eps", real("attention.layer_norm_rms_epsilon", 1e-6));
        json.put("rope_theta", real("rope.freq_base", 10000));
        json.put("tie_word_embeddings", !gguf.has("output.weight"));
        json.put("attention_bias", gguf.has("blk.0.attn_q.bias"));
        return ConfigJson.of(gguf.file(), json);
    }

    /** Three places tell the size of the vocabulary. */
    private void vocabulary(List<String> problems) {
        long rows = gguf.shape("token_embd.weight")[0];
        if (whole("vocab_size", rows) != rows) {
            problems.add(architecture + ".vocab_size is " + value("vocab_size") + ", and token_embd.weight has " + rows
                    + " rows");
        }
        if (gguf.metadata().get("tokenizer.ggml.tokens") instanceof List<?> tokens && tokens.size() > rows) {
            problems.add("tokenizer.ggml.tokens has " + tokens.size() + " entries, and token_embd.weight has " + rows
                    + " rows");
        }
    }

    private @Nullable Object value(String key) {
        Map<String, Object> metadata = gguf.metadata();
        return metadata.get(architecture + "." + key);
    }

    private long whole(String key, long otherwise) {
        return value(key) instanceof Long number ? number : otherwise;
    }

    /** Stored as float32: the shortest decimal that is that float32, so that 1e-5 is 1e-5. */
    private double real(String key, double otherwise) {
        return value(key) instanceof Double number
                ? Double.parseDouble(Float.toString(number.floatValue()))
                : otherwise;
    }
}
