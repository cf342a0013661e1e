package dev.loupe.tensors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as Python's {@code json} module writes it: {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers. Whoever
 * needs a number must ask whether it is finite.
 */
public final class PythonJson {
    /** Why a text is no JSON, and where it stops being it: "is not valid JSON at line 3, column 5: ...". */
    public static final class NotJson extends Exception {
        NotJson(JsonProcessingException e) {
            super(said(e), e);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.{1,80})'", Pattern.DOTALL);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PythonJson() {}

    /**
     * The value of a whole text; missing where the text is empty.
     *
     * @throws NotJson where it is not one value, or a key stands in one object twice
     */
    public static JsonNode read(byte[] text) throws NotJson {
        try {
            JsonNode root = JSON.readTree(text);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JsonProcessingException e) {
            throw new NotJson(e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    /** The same text token by token, for those who must know where something stands. */
    public static JsonParser parser(byte[] text) throws IOException {
        return JSON.createParser(text);
    }

    /** What is wrong with a text that another reader of JSON refuses, in words for those who wrote the text. */
    public static String said(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String place = at == null || at.getLineNr() < 1
                ? ""
                : " at line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr());
        return "is not valid JSON" + place + ": " + why(e);
    }

    private static String why(JsonProcessingException e) {
        Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
        if (twice.find()) {
            return "the key '" + TensorFileException.shown(twice.group(1)) + "' stands there twice";
        }
        if (e instanceof JsonEOFException) {
            return "the text ends before its last bracket or quote is closed";
        }
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a number or text in it is too long";
        }
        if (e instanceof MismatchedInputException) {
            return "something follows the end of the value";
        }
        return "a comma, colon, quote or bracket is missing or too many, or a word stands there that is no value";
    }
}
