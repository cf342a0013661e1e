package dev.loupe.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A config.json, read field by field; what is wrong or not supported is collected and thrown once. */
final class ConfigJson {
    private static final long MAX_BYTES = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private ConfigJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ConfigJson read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new WeightsException(file, List.of("is larger than " + MAX_BYTES + " bytes"));
            }
            JsonNode root = JSON.readTree(file.toFile());
            if (root == null || !root.isObject()) {
                throw new WeightsException(file, List.of("holds no JSON object"));
            }
            return new ConfigJson(file, root);
        } catch (JsonProcessingException e) {
            throw new WeightsException(file, List.of("is not valid JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new WeightsException(file, List.of("cannot be read: " + e));
        }
    }

    /** A configuration that stands elsewhere, as in a GGUF file's metadata. */
    static ConfigJson of(Path file, JsonNode root) {
        return new ConfigJson(file, root);
    }

    Path file() {
        return file;
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    JsonNode node(String name) {
        return root.path(name);
    }

    void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    /** The width of a head where heads share {@code width} without a rest. */
    int share(String width, int whole, String heads, int count) {
        if (count < 1 || whole % count != 0) {
            problem("'" + width + "' " + whole + " is no multiple of '" + heads + "' " + count);
        }
        return whole / Math.max(1, count);
    }

    /** @throws WeightsException with all problems so far */
    void check() {
        if (!problems.isEmpty()) {
            throw new WeightsException(file, problems);
        }
    }

    int integer(String name) {
        if (!has(name)) {
            problem("'" + name + "' is missing");
            return 1;
        }
        return integer(name, 1);
    }

    int integer(String name, int otherwise) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.canConvertToExactIntegral() || !node.canConvertToInt()) {
            problem("'" + name + "' must be an integer, is " + shown(node));
            return otherwise;
        }
        return node.intValue();
    }

    double number(String name, double otherwise) {
        return number(root.path(name), name, otherwise);
    }

    double number(JsonNode node, String name, double otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber()) {
            problem("'" + name + "' must be a number, is " + shown(node));
            return otherwise;
        }
        return node.doubleValue();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            problem("'" + name + "' must be true or false, is " + shown(node));
        }
        return node.booleanValue();
    }

    String text(String name, String otherwise) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isTextual()) {
            problem("'" + name + "' must be text, is " + shown(node));
        }
        return node.asText();
    }

    /** Fields that, where they are set to anything but nothing, ask for what is not supported. */
    void unsupported(String... names) {
        for (String name : names) {
            JsonNode node = root.path(name);
            boolean neutral = node.isMissingNode()
                    || node.isNull()
                    || (node.isBoolean() && !node.booleanValue())
                    || (node.isNumber() && node.doubleValue() <= 0)
                    || (node.isContainerNode() && node.isEmpty());
            if (!neutral) {
                problem("'" + name + "': " + shown(node) + " is not supported");
            }
        }
    }

    /** What configurations of other models ask for, whatever family they say they are. */
    void foreign() {
        unsupported(
                "quantization_config",
                "compression_config",
                "num_experts",
                "num_local_experts",
                "n_routed_experts",
                "moe_intermediate_size",
                "attn_logit_softcapping",
                "final_logit_softcapping",
                "logit_softcapping",
                "query_pre_attn_scalar",
                "use_qk_norm",
                "qk_norm",
                "qk_layernorm",
                "use_qkv_norm",
                "alibi",
                "use_alibi",
                "alibi_bias_max",
                "clip_qkv",
                "add_cross_attention",
                "is_encoder_decoder");
        for (String name : new String[] {
            "embedding_multiplier",
            "residual_multiplier",
            "attention_multiplier",
            "logits_scaling",
            "logit_scale",
            "scale_emb",
            "scale_depth"
        }) {
            if (has(name) && number(name, 1) != 1) {
                problem("'" + name + "': " + shown(root.path(name)) + " is not supported");
            }
        }
        if (!flag("is_causal", true)) {
            problem("'is_causal': false is not supported");
        }
    }

    /** The activation function of a name as the hub writes it. */
    Activation activation(String name, String otherwise) {
        String word = text(name, otherwise);
        return switch (word) {
            case "relu" -> Activation.RELU;
            case "gelu", "gelu_python" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> Activation.GELU_NEW;
            case "gelu_fast" -> Activation.GELU_FAST;
            case "silu", "swish" -> Activation.SILU;
            default -> {
                problem("'" + name + "': '" + word + "' is not supported");
                yield Activation.RELU;
            }
        };
    }

    /** The rotary base, from newer {@code rope_parameters} or older fields; scaled kinds are refused. */
    double rotaryBase(String oldName) {
        JsonNode parameters = root.path("rope_parameters");
        for (String name : new String[] {"rope_parameters", "rope_scaling"}) {
            JsonNode node = root.path(name);
            if (node.isObject()
                    && node.properties().stream().anyMatch(e -> e.getValue().isObject())) {
                problem("'" + name + "': parameters that differ by layer are not supported");
                continue;
            }
            String kind = node.path("rope_type").asText(node.path("type").asText("default"));
            if (node.isObject() && !kind.equals("default")) {
                problem("'" + name + "': rope_type '" + kind + "' is not supported");
            } else if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
                problem("'" + name + "': " + shown(node) + " is not supported");
            }
        }
        double old = number(oldName, 10000);
        return number(parameters.path("rope_theta"), "rope_parameters.rope_theta", old);
    }

    /** The share of a head that is rotated. */
    double rotaryShare(String oldName, double otherwise) {
        double old = number(oldName, number("partial_rotary_factor", otherwise));
        return number(
                root.path("rope_parameters").path("partial_rotary_factor"),
                "rope_parameters.partial_rotary_factor",
                old);
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
