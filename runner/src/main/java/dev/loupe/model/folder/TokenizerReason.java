package dev.loupe.model.folder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the tokenizer library refuses a file: the place that it names, without its own wording. */
final class TokenizerReason {
    private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

    private TokenizerReason() {}

    static String of(Exception error) {
        Matcher place = PLACE.matcher(String.valueOf(error.getMessage()));
        return place.find()
                ? "at line " + place.group(1) + ", column " + place.group(2)
                        + " the content does not match the format of tokenizer.json"
                : "the content does not match the format of tokenizer.json";
    }
}
