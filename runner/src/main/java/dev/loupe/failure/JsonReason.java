package dev.loupe.failure;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a text is not JSON, with line and column, in words that name no parser. */
final class JsonReason {
    /** What the parser writes, and what it means; groups of the first stand in the second as {@code $1}. */
    private static final Map<Pattern, String> MEANINGS = new LinkedHashMap<>();

    static {
        means("nesting depth \\((\\d+)\\) exceeds .*allowed \\((\\d+)", "it is nested deeper than $2 levels");
        means("length \\((\\d+)\\) exceeds .*allowed \\((\\d+)", "a value is longer than $2 characters");
        means("exceeds the maximum|StreamReadConstraints", "a value is too large");
        means("Unexpected end-of-input|Unexpected end of input|No content to map", "it ends in the middle");
        means("Invalid UTF-8|Invalid UTF-32|Unexpected EOF in the middle of a .*char", "it is not UTF-8 text");
        means("Unexpected character \\('(.)' \\(code", "the character `$1` is unexpected here");
        means("Unexpected character \\((.*?)\\(?code", "there is an unexpected character here");
        means("Unrecognized token '([^']{1,40})'", "`$1` is not a value; a text needs double quotes");
        means("Unrecognized token", "there is a word here that is not a value; a text needs double quotes");
        means("Unrecognized character escape '?(.)", "`\\\\$1` is not an escape");
        means("Illegal unquoted character", "a control character must be written as an escape");
        means("Unexpected close marker '(.)'", "`$1` closes nothing");
        means("Duplicate field '([^']{1,80})'", "the key `$1` is written twice");
        means("Trailing token", "something follows the end of the value");
        means("Leading zeroes", "a number begins with a zero");
        means("out of range", "a number is too large");
        means("Non-standard token '([^']{1,40})'", "`$1` is not a number in JSON");
    }

    private JsonReason() {}

    private static void means(String said, String plain) {
        MEANINGS.put(Pattern.compile(said, Pattern.DOTALL), plain);
    }

    static String of(JsonProcessingException error) {
        return where(error.getLocation()) + what(String.valueOf(error.getOriginalMessage()));
    }

    private static String what(String said) {
        for (Map.Entry<Pattern, String> entry : MEANINGS.entrySet()) {
            Matcher found = entry.getKey().matcher(said);
            if (found.find()) {
                StringBuilder plain = new StringBuilder();
                found.appendReplacement(plain, entry.getValue());
                return plain.substring(found.start());
            }
        }
        return "it is not valid JSON";
    }

    private static String where(JsonLocation at) {
        return at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }
}
