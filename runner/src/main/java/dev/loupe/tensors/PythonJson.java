package dev.loupe.tensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loupe.failure.Reason;
import java.io.IOException;

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

        NotJson(IOException e) {
            super("is not valid JSON: it is not UTF-8 text", e);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

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
            throw new NotJson(e); // of bytes in memory only their decoding can fail
        }
    }

    /** The same text token by token, for those who must know where something stands. */
    public static JsonParser parser(byte[] text) throws IOException {
        return JSON.createParser(text);
    }

    /** What is wrong with a text that another reader of JSON refuses, in words for those who wrote the text. */
    public static String said(JsonProcessingException e) {
        String reason = Reason.of(e);
        return "is not valid JSON" + (reason.startsWith("line ") ? " at " : ": ") + reason;
    }
}
