package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;

/** Values of a configuration from a stranger in messages. */
final class JsonWords {
    private static final int MOST = 80;

    private JsonWords() {}

    static boolean nothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** A text, empty where there is none. */
    static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    static String shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : cut(node.toString());
    }

    static String cut(String text) {
        return text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    }
}
