package dev.loupe.text;

import java.util.Locale;

/** Quantities for people. */
public final class Amount {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};

    private Amount() {}

    /** A quantity with a decimal prefix. */
    public static String of(long value, String unit) {
        double v = value;
        int i = 0;
        while (v >= 1000 && i < PREFIXES.length - 1) {
            v /= 1000;
            i++;
        }
        return String.format(Locale.ROOT, i == 0 ? "%.0f %s%s" : "%.1f %s%s", v, PREFIXES[i], unit);
    }
}
