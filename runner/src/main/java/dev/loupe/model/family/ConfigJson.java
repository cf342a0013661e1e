package dev.loupe.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.config.Activation;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A config.json, read field by field; what is wrong or not supported is collected and thrown once. */
public final class ConfigJson {
    private static final long MAX_BYTES = 16 << 20;
    private final Path file;
    private final JsonNode root;
    private final HubDefaults defaults;
    private final List<String> problems = new ArrayList<>();

    private ConfigJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
        this.defaults = HubDefaults.of(root.path("model_type").asText());
    }

    public static ConfigJson read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new WeightsException(file, List.of("is larger than " + MAX_BYTES + " bytes"));
            }
            JsonNode root = PythonJson.read(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new WeightsException(file, List.of("does not contain a JSON object"));
            }
            return new ConfigJson(file, root);
        } catch (PythonJson.NotJson e) {
            throw new WeightsException(file, List.of(e.getMessage()));
        } catch (IOException e) {
            throw new WeightsException(file, List.of("cannot be read: " + e));
        }
    }

    /** A configuration that stands elsewhere, as in a GGUF file's metadata. */
    public static ConfigJson of(Path file, JsonNode root) {
        return new ConfigJson(file, root);
    }

    Path file() {
        return file;
    }

    public boolean has(String name) {
        return root.hasNonNull(name);
    }

    public JsonNode node(String name) {
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
            problem("'" + width + "' " + whole + " is not a multiple of '" + heads + "' " + count);
        }
        return whole / Math.max(1, count);
    }

    /** @throws WeightsException with all problems so far */
    public void check() {
        if (!problems.isEmpty()) {
            throw new WeightsException(file, problems);
        }
    }

    HubDefaults defaults() {
        return defaults;
    }

    /** What a field is, or means where it is left out; missing or null where the family has no default for it. */
    JsonNode value(String name) {
        JsonNode own = root.path(name);
        for (String other : defaults.otherNames(name)) {
            JsonNode node = root.path(other);
            if (own.isMissingNode()) {
                own = node;
            } else if (!node.isMissingNode() && !node.equals(own)) {
                problem("'" + name + "' is " + shown(own) + " and '" + other + "' is " + shown(node)
                        + ", which are two names for the same field");
            }
        }
        if (own.isNull() && !defaults.mayBeNull(name)) {
            problem("'" + name + "' is null, which is not allowed; left out, it defaults to "
                    + shown(defaults.value(name)));
        }
        return own.isMissingNode() || (own.isNull() && !defaults.mayBeNull(name)) ? defaults.value(name) : own;
    }

    private boolean absent(JsonNode node, String name) {
        if (node.isMissingNode() || node.isNull()) {
            problem("'" + name + "' is missing");
            return true;
        }
        return false;
    }

    int integer(String name) {
        JsonNode node = value(name);
        return absent(node, name) ? 1 : integer(node, name, 1);
    }

    int integer(String name, int otherwise) {
        return integer(value(name), name, otherwise);
    }

    int integer(JsonNode node, String name, int otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.canConvertToExactIntegral() || !node.canConvertToInt()) {
            problem("'" + name + "' must be an integer, is " + shown(node));
            return otherwise;
        }
        return node.intValue();
    }

    double number(String name) {
        JsonNode node = value(name);
        return absent(node, name) ? 1 : number(node, name, 1);
    }

    double number(String name, double otherwise) {
        return number(value(name), name, otherwise);
    }

    double number(JsonNode node, String name, double otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            problem("'" + name + "' must be a " + (node.isNumber() ? "finite " : "") + "number, is " + shown(node));
            return otherwise;
        }
        return node.doubleValue();
    }

    boolean flag(String name) {
        JsonNode node = value(name);
        return !absent(node, name) && flag(node, name, false);
    }

    boolean flag(String name, boolean otherwise) {
        return flag(value(name), name, otherwise);
    }

    boolean flag(JsonNode node, String name, boolean otherwise) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            problem("'" + name + "' must be true or false, is " + shown(node));
        }
        return node.booleanValue();
    }

    public String text(String name, String otherwise) {
        JsonNode node = value(name);
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

    /** The activation function of a name as the hub writes it. */
    Activation activation(String name) {
        String word = text(name, "");
        return switch (word) {
            case "relu" -> Activation.RELU;
            case "gelu", "gelu_python" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh" -> Activation.GELU_NEW;
            case "gelu_fast" -> Activation.GELU_FAST;
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "silu", "swish" -> Activation.SILU;
            default -> {
                problem("'" + name + "': '" + word + "' is not supported");
                yield Activation.RELU;
            }
        };
    }

    /** A value in a message, cut to a readable length. */
    static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
