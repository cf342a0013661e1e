package dev.loupe.report.draw;

import dev.loupe.result.ClaimResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as a reader sees them. */
public final class Numbers {
    private Numbers() {}

    /** How many rows numbers are of, as a table has it: empty where they are of none. */
    public static String rows(@Nullable Integer n) {
        return n == null ? "" : n.toString();
    }

    /** Three significant digits where the size allows: 0.872, 12.3, 1,240, 3.1e-5; "undefined" for NaN. */
    public static String show(double value) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        String text;
        if (size == 0) {
            text = "0";
        } else if (size < 1e-3) {
            text = String.format(Locale.ROOT, "%.2e", size)
                    .replaceFirst("e-0?", "e−")
                    .replaceFirst("e\\+0?", "e");
        } else if (size < 0.09995) {
            int decimals = 2 - (int) Math.floor(Math.log10(size) + 1e-12);
            text = String.format(Locale.ROOT, "%." + decimals + "f", size);
        } else if (value == Math.rint(value) && size < 1e6) {
            text = String.format(Locale.ROOT, "%,d", (long) size);
        } else if (size < 9.9995) {
            text = String.format(Locale.ROOT, "%.3f", size);
        } else if (size < 99.95) {
            text = String.format(Locale.ROOT, "%.2f", size);
        } else if (size < 999.5) {
            text = String.format(Locale.ROOT, "%.1f", size);
        } else if (size < 1e6) {
            text = String.format(Locale.ROOT, "%,d", Math.round(size));
        } else {
            text = String.format(Locale.ROOT, "%.3g", size).replaceFirst("e\\+0?", "e");
        }
        return value < 0 ? "−" + text : text;
    }

    /** Of a compared number; empty where it is exact. */
    public static String interval(ClaimResult.Part part) {
        return part.exact() ? "" : interval(part.low(), part.high());
    }

    public static String interval(double low, double high) {
        return "[" + show(low) + ", " + show(high) + "]";
    }

    /** The shortest text that a machine reads back to the same double; empty for NaN, as spreadsheets expect. */
    public static String exact(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        float narrow = (float) value;
        if (narrow == value) {
            String text = Float.toString(narrow);
            // A float's shortest text names another double unless it is short; keep it only where it does not.
            if (Double.parseDouble(text) == value) {
                return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
            }
        }
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Digits after the point that keep two or three significant ones for numbers up to {@code largest}; -1: none do. */
    public static int cellDecimals(double largest) {
        if (!(largest > 0)) {
            return 0;
        }
        if (largest >= 9999.5 || largest < 0.01) {
            return -1;
        }
        return largest >= 99.5 ? 0 : largest >= 9.95 ? 1 : 2;
    }

    public static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
        boolean zero = Double.parseDouble(text) == 0;
        return value < 0 && !zero ? "−" + text : text;
    }
}
