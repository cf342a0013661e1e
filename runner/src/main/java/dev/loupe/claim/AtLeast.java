package dev.loupe.claim;

import dev.loupe.schema.annotation.Named;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In how many models a claim must hold: {@code 2}, or {@code 2 of seed}.
 *
 * @param axis what the counted models differ in; empty where their family has one axis only
 */
@Named("number of models")
public record AtLeast(int models, String axis) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(?: +of +([A-Za-z][A-Za-z0-9_-]*))?");

    public AtLeast {
        if (models < 1) {
            throw new IllegalArgumentException("`in-at-least` must be at least 1, not " + models);
        }
    }

    /**
     * Reads {@code 2} or {@code 2 of seed}.
     *
     * @throws IllegalArgumentException where the text is neither
     */
    public static AtLeast parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a number of models; write it as 2, or as 2 of seed");
        }
        String axis = matcher.group(2);
        return new AtLeast(Integer.parseInt(matcher.group(1)), axis == null ? "" : axis);
    }

    @Override
    public String toString() {
        return axis.isEmpty() ? Integer.toString(models) : models + " of " + axis;
    }
}
