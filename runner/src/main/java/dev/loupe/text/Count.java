package dev.loupe.text;

import java.util.List;

/** A number of things in words: "1 row", "2 rows". */
public final class Count {
    private Count() {}

    /** The number and the noun, in the plural unless the number is 1; the plural ends with an s. */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** Several things as a list in a sentence: {@code a, b and c}. */
    public static String list(List<String> things) {
        int last = things.size() - 1;
        return last < 1
                ? String.join("", things)
                : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    /** The number and one of two wordings, the first where the number is 1. */
    public static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
