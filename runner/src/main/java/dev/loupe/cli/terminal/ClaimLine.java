package dev.loupe.cli.terminal;

import dev.loupe.result.ClaimResult;
import java.util.Locale;

/** A checked claim as one line: the verdict as a word, so that it reads without colour, then the number that decides. */
final class ClaimLine {
    private ClaimLine() {}

    static String of(ClaimResult claim) {
        return label(claim) + text(claim);
    }

    /** The verdict, as wide as the longest one. */
    static String label(ClaimResult claim) {
        return String.format(Locale.ROOT, "  %-9s  ", claim.verdict());
    }

    static String text(ClaimResult claim) {
        ClaimResult.Part deciding = claim.deciding();
        String units = claim.inUnits();
        return String.format(
                Locale.ROOT,
                "%s: %s%s%s, expected %s%s",
                claim.say(),
                units.isEmpty() ? "" : units + ": ",
                number(deciding),
                deciding.where() == null ? "" : " (" + deciding.where() + ")",
                claim.limits().words(),
                claim.because() == null ? "" : "; " + claim.because());
    }

    private static String number(ClaimResult.Part part) {
        if (Double.isNaN(part.observed())) {
            return "undefined";
        }
        String value = number(part.observed());
        return part.exact() ? value : value + " [" + number(part.low()) + ", " + number(part.high()) + "]";
    }

    /** Four significant digits. Zero has no sign. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value + 0.0);
    }
}
