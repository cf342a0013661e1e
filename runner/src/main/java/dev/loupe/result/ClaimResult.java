package dev.loupe.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checked claim.
 *
 * @param say the claim in words
 * @param expected what had to hold: "above 0.6"
 * @param observed the number that was compared; NaN when undefined
 * @param low lower end of its interval, NaN where the number is exact
 * @param high upper end of its interval, NaN where the number is exact
 * @param by how it was compared: estimate, bound, every
 * @param where which component gave the number ("L1H2"), null when none did
 * @param parts the same comparison per unit (per seed), when it was made per unit
 * @param because why an undefined or failed comparison came out so
 */
public record ClaimResult(
        String say,
        String expected,
        double observed,
        double low,
        double high,
        String by,
        boolean pass,
        @Nullable String where,
        List<Part> parts,
        @Nullable String because) {
    public record Part(String unit, double observed, double low, double high, boolean pass) {}
}
