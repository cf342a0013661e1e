package dev.loupe.text;

import java.util.Locale;

/** Times for people. */
public final class Seconds {
    private Seconds() {}

    /** {@code 4 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
    public static String of(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
