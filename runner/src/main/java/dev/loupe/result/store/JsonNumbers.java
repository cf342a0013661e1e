package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.loupe.result.MalformedResult;

/**
 * Doubles in results.json. JSON has no name for three of them, so a number there is a JSON number or one of the strings
 * {@code "NaN"} (undefined here), {@code "Infinity"}, {@code "-Infinity"}. Every double reads back to the same bits
 * (all NaNs are one).
 */
final class JsonNumbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonNumbers() {}

    static JsonNode write(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.textNode(Double.toString(value));
    }

    static ArrayNode write(double[] values) {
        ArrayNode array = NODES.arrayNode(values.length);
        for (double value : values) {
            array.add(write(value));
        }
        return array;
    }

    static double read(JsonNode node, String what) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new MalformedResult(
                        what + " is " + node + ", expected a number or \"NaN\", \"Infinity\", \"-Infinity\"");
        };
    }

    static double[] readAll(JsonNode node, String what) {
        if (!node.isArray()) {
            throw new MalformedResult(what + " is " + node.getNodeType() + ", expected an array of numbers");
        }
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(node.get(i), what + "[" + i + "]");
        }
        return values;
    }
}
