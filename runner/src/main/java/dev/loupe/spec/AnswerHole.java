package dev.loupe.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place of an answer sentence that results fill: {@code {{value(name)}}}, {@code max}, {@code min},
 * {@code top(name, n)}, {@code those(name)} for all components that have a role, {@code interval(n)}, {@code claim(n)} and {@code verdict(n)} of a claim,
 * {@code verdict} of all claims. A closed set, never code.
 *
 * @param words what stands between the parentheses, split at commas
 */
public record AnswerHole(String function, List<String> words) {
    /** Functions of a result. */
    public static final List<String> OF_RESULTS = List.of("value", "max", "min", "top", "those");

    /** Functions of a claim, counted from 1; {@code verdict} without a number is of all claims. */
    public static final List<String> OF_CLAIMS = List.of("interval", "claim", "verdict");

    private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*(?:\\(([^)]*)\\))?\\s*}}");

    /** The text with every hole filled. */
    public static String fill(String text, Function<AnswerHole, String> filling) {
        Matcher hole = HOLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (hole.find()) {
            String arguments = hole.group(2) == null ? "" : hole.group(2).strip();
            List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s*,\\s*"));
            hole.appendReplacement(out, Matcher.quoteReplacement(filling.apply(new AnswerHole(hole.group(1), words))));
        }
        return hole.appendTail(out).toString();
    }

    /** Every hole of a text. */
    public static List<AnswerHole> in(String text) {
        List<AnswerHole> holes = new ArrayList<>();
        fill(text, hole -> {
            holes.add(hole);
            return "";
        });
        return holes;
    }

    /**
     * The whole number at a place.
     *
     * @throws IllegalArgumentException where there is none
     */
    public int number(int at, int otherwise) {
        if (words.size() <= at) {
            return otherwise;
        }
        if (!words.get(at).matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(this + ": `" + words.get(at) + "` is not a whole number");
        }
        return Integer.parseInt(words.get(at));
    }

    @Override
    public String toString() {
        return "{{" + function + (words.isEmpty() ? "" : "(" + String.join(", ", words) + ")") + "}}";
    }
}
