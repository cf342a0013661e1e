package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.loupe.result.MalformedResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a tree is not of the layout of results.json, in words that name no parser. */
final class Misfit {
    private Misfit() {}

    static String of(JsonMappingException error, JsonNode root) {
        String place = "";
        JsonNode at = root;
        for (JsonMappingException.Reference step : error.getPath()) {
            String key = step.getFieldName();
            if (key != null && !at.has(key)) {
                return "the key '" + key + "' is missing" + (place.isEmpty() ? "" : " in " + place);
            }
            at = key == null ? at.path(step.getIndex()) : at.path(key);
            place += key == null ? "[" + step.getIndex() + "]" : place.isEmpty() ? key : "." + key;
        }
        Throwable cause = error.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof MalformedResult) {
            return place + ": " + cause.getMessage();
        }
        if (error instanceof InvalidTypeIdException) {
            JsonNode kind = at.get("kind");
            return kind == null
                    ? "the key 'kind' is missing in " + place
                    : "the kind of " + place + " is " + kind + ", known are quantity, attention, text, rankings";
        }
        Class<?> target = error instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return place + " is " + shown(at) + ", expected " + meant(target == null ? Object.class : target);
    }

    /** Large values by what they are. */
    private static String shown(JsonNode value) {
        return value.isArray() ? "an array" : value.isObject() ? "an object" : value.toString();
    }

    private static String meant(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(word -> word.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        if (type == double.class) {
            return "a number or \"NaN\", \"Infinity\", \"-Infinity\"";
        }
        if (type == double[].class) {
            return "an array of numbers";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "an object";
        }
        return Map.<Class<?>, String>of(String.class, "a text", boolean.class, "true or false")
                .getOrDefault(type, "a whole number");
    }
}
