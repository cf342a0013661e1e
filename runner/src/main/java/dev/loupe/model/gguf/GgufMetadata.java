package dev.loupe.model.gguf;

import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.GgufFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file's keys of its architecture, read one by one. What is missing or wrong is collected and thrown once, and so is
 * every key that nobody has read: it asks for something that is not done.
 */
final class GgufMetadata {
    /** Keys that change no activation: about the file and pooled outputs. */
    private static final Set<String> HARMLESS = Set.of("pooling_type", "tensor_data_layout");

    /** Keys that may have a value for each layer. */
    private static final Set<String> BY_LAYER =
            Set.of("attention.head_count", "attention.head_count_kv", "feed_forward_length");

    private final GgufFile gguf;
    private final String architecture;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> read = new TreeSet<>();

    GgufMetadata(GgufFile gguf, String architecture) {
        this.gguf = gguf;
        this.architecture = architecture;
    }

    GgufFile file() {
        return gguf;
    }

    void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    /** @throws WeightsException with all problems so far, and every key that was not read */
    void check() {
        Map<String, Object> all = gguf.metadata();
        String start = architecture + ".";
        for (Map.Entry<String, Object> e : all.entrySet()) {
            String key = e.getKey().startsWith(start) ? e.getKey().substring(start.length()) : null;
            if (key != null && !read.contains(key) && !HARMLESS.contains(key) && !nothing(e.getValue())) {
                problems.add(
                        "'" + shown(e.getKey()) + "': " + shown(String.valueOf(e.getValue())) + " is not supported");
            }
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(gguf.file(), problems);
        }
    }

    private static boolean nothing(Object value) {
        return value.equals(0L) || value.equals(0.0) || value.equals(false) || value.equals("");
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }

    private @Nullable Object value(String key) {
        read.add(key);
        return gguf.metadata().get(architecture + "." + key);
    }

    private String is(String key, Object value, String wanted) {
        return "'" + architecture + "." + key + "' must be " + wanted + ", is " + shown(String.valueOf(value));
    }

    /** A size that must be there. */
    int size(String key) {
        if (value(key) == null) {
            problem("metadata lacks " + architecture + "." + key + ", a whole number");
            return 1;
        }
        return size(key, 1);
    }

    /** A whole number from 1. */
    int size(String key, int otherwise) {
        Object value = same(key, value(key));
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Long number) || number < 1 || number > Integer.MAX_VALUE) {
            problem(is(key, value, "a whole number from 1"));
            return otherwise;
        }
        return number.intValue();
    }

    /** The value that a key has in every layer, where it is given layer by layer; else the value itself. */
    private @Nullable Object same(String key, @Nullable Object value) {
        if (!(value instanceof List<?> layers) || !BY_LAYER.contains(key)) {
            return value;
        }
        if (!Long.valueOf(layers.size()).equals(value("block_count"))) {
            problem("'" + architecture + "." + key + "' has " + layers.size() + " values, and block_count is "
                    + value("block_count"));
            return null;
        }
        for (int layer = 1; layer < layers.size(); layer++) {
            if (!layers.get(layer).equals(layers.get(0))) {
                problem("'" + architecture + "." + key + "' is " + layers.get(0) + " in layer 0 and "
                        + layers.get(layer) + " in layer " + layer + ": layers of different shapes are not supported");
                return null;
            }
        }
        return layers.isEmpty() ? null : layers.get(0);
    }

    boolean has(String key) {
        return value(key) != null;
    }

    /** The window of local layers; 0 where there is none, which a file may say as 0. */
    int window() {
        String key = "attention.sliding_window";
        return Long.valueOf(0).equals(value(key)) ? 0 : size(key, 0);
    }

    /** One truth for each layer; none where the key is not there or is no list. */
    List<Boolean> truths(String key) {
        Object value = value(key);
        if (!(value instanceof List<?> all)) {
            return List.of();
        }
        if (!all.stream().allMatch(Boolean.class::isInstance)) {
            problem(is(key, value, "a whole number or a truth for each layer"));
            return List.of();
        }
        return all.stream().map(Boolean.class::cast).toList();
    }

    /** A number that must be there. */
    double real(String key) {
        if (value(key) == null) {
            problem("metadata lacks " + architecture + "." + key + ", a number");
            return 1;
        }
        return real(key, 1);
    }

    /** Stored as float32: the shortest decimal that is that float32, so that 1e-5 is 1e-5. */
    double real(String key, double otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Double number) || !Double.isFinite(number)) {
            problem(is(key, value, value instanceof Double ? "a finite number" : "a number"));
            return otherwise;
        }
        return Double.parseDouble(Float.toString(number.floatValue()));
    }

    String text(String key, String otherwise) {
        Object value = value(key);
        if (value != null && !(value instanceof String)) {
            problem(is(key, value, "text"));
        }
        return value instanceof String text ? text : otherwise;
    }

    /** A key's whole name, for messages. */
    String named(String key) {
        return "'" + architecture + "." + key + "'";
    }

    /** A key that must not ask for anything. */
    void refuse(String key) {
        Object value = value(key);
        if (value != null && !nothing(value)) {
            problem(named(key) + ": " + shown(String.valueOf(value)) + " is not supported");
        }
    }

    /** A truth that must be there. */
    boolean flag(String key) {
        Object value = value(key);
        if (!(value instanceof Boolean)) {
            problem(
                    value == null
                            ? "metadata lacks " + architecture + "." + key + ", true or false"
                            : is(key, value, "true or false"));
        }
        return Boolean.TRUE.equals(value);
    }

    /** A key that says nothing about this architecture. */
    void ignore(String key) {
        read.add(key);
    }

    /** A key that, where it is there, must have a value: another asks for what is not supported. */
    void only(String key, Object neutral) {
        Object value = value(key);
        if (value != null && !value.equals(neutral)) {
            problem("'" + architecture + "." + key + "': " + shown(String.valueOf(value)) + " is not supported");
        }
    }
}
