package dev.loupe.model.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.failure.UserInputException;
import java.nio.file.Path;

/**
 * What the tokenizers library needs of its JSON beyond what our own parser asks for. Over a decoder that its parser refuses, and over
 * merges that do not fit, the library ends the whole process, so none of these may reach it. {@link FiniteTokenizer} looks at the numbers.
 */
public final class StrictJson {
    /** The library's parser stops at 128 levels. */
    private static final int DEEPEST = 100;

    private StrictJson() {}

    /**
     * @param file that the value was read from
     * @throws UserInputException where a text has half of a surrogate pair, lists are nested too deep, or a merge joins a piece without
     *     the prefix of continuing pieces
     */
    public static void check(Path file, JsonNode value) {
        check(file, value, 1);
        merges(file, value.path("model"));
    }

    /** The library cuts the prefix of continuing pieces off the second part of each merge without looking. */
    private static void merges(Path file, JsonNode model) {
        String prefix = model.path("continuing_subword_prefix").asText("");
        if (prefix.isEmpty() || model.path("continuing_subword_prefix").isNull()) {
            return;
        }
        for (JsonNode merge : model.path("merges")) {
            String joined =
                    merge.isArray() ? merge.path(1).asText() : merge.asText().replaceFirst("^[^ ]* ?", "");
            if (!joined.startsWith(prefix)) {
                throw new UserInputException(
                        file + ": the merge " + merge + " joins a piece that does not begin with the "
                                + "continuing_subword_prefix '" + VisibleBytes.of(prefix.getBytes(UTF_8)) + "'");
            }
        }
    }

    private static void check(Path file, JsonNode value, int depth) {
        if (depth > DEEPEST) {
            throw new UserInputException(file + ": it is nested deeper than " + DEEPEST + " levels");
        }
        if (value.isTextual()) {
            text(file, value.textValue());
        } else if (value.isObject()) {
            value.fieldNames().forEachRemaining(name -> text(file, name));
        }
        value.elements().forEachRemaining(element -> check(file, element, depth + 1));
    }

    private static void text(Path file, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (i + 1 == text.length() || !Character.isSurrogatePair(unit, text.charAt(i + 1))) {
                throw new UserInputException(
                        file + ": \\u" + Integer.toHexString(unit) + " in a text is half of a pair and no character");
            }
            i++;
        }
    }
}
