package dev.loupe.result;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a number has to lie. Limits are strict: a number that equals one lies on the wrong side.
 *
 * @param above the number must be above this; null where it may be as small as it likes
 * @param below the number must be below this; null where it may be as large as it likes
 */
public record Limits(@Nullable Double above, @Nullable Double below) {
    private static final Pattern WORDS = Pattern.compile("between (\\S+) and (\\S+)|above (\\S+)|below (\\S+)");

    /**
     * The verdict on an interval, or on one number given twice: it holds where all of the interval lies within the limits,
     * is refuted where none of it does, and undecided where some of it does or where it is undefined.
     */
    public Verdict verdict(double low, double high) {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return Verdict.UNDECIDED;
        }
        if ((above == null || low > above) && (below == null || high < below)) {
            return Verdict.HOLDS;
        }
        boolean under = above != null && high <= above;
        boolean over = below != null && low >= below;
        return under || over ? Verdict.REFUTED : Verdict.UNDECIDED;
    }

    /** How far the worse end of an interval lies within the limits; negative outside, lowest where undefined. */
    public double margin(double low, double high) {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return Double.NEGATIVE_INFINITY;
        }
        double fromBelow = above == null ? Double.POSITIVE_INFINITY : low - above;
        double fromAbove = below == null ? Double.POSITIVE_INFINITY : below - high;
        return Math.min(fromBelow, fromAbove);
    }

    /** "above 0.6", "below 2.0", "between 0.0 and 1.0". */
    public String words() {
        if (above != null && below != null) {
            return "between " + above + " and " + below;
        }
        return above != null ? "above " + above : "below " + below;
    }

    /** The limits that {@link #words} says, null where the text is of another form. */
    public static @Nullable Limits parse(String words) {
        Matcher found = WORDS.matcher(words);
        if (!found.matches()) {
            return null;
        }
        try {
            return new Limits(
                    number(found.group(1) == null ? found.group(3) : found.group(1)),
                    number(found.group(2) == null ? found.group(4) : found.group(2)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double number(@Nullable String text) {
        return text == null ? null : Double.valueOf(text);
    }
}
