package dev.loupe.text;

/** A number of things in words: "1 row", "2 rows". */
public final class Count {
    private Count() {}

    /** The number and the noun, in the plural unless the number is 1; the plural ends with an s. */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** The number and one of two wordings, the first where the number is 1. */
    public static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
