package dev.loupe.report.section;

import dev.loupe.report.chart.Numbers;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The claims, refuted ones first, then undecided ones, else in their own order.
 *
 * @param verdict "All 4 claims hold.", "2 of 4 claims hold, 2 are refuted."
 * @param state holds, undecided, refuted or none
 */
public record ClaimsTable(String verdict, String state, List<Row> rows) {
    /**
     * @param verdict holds, undecided or refuted
     * @param units how it came out over several units, and which decides; empty for one unit
     * @param because empty where there is nothing to explain
     * @param parts the single units, none where there is one
     */
    public record Row(
            String verdict,
            String say,
            String expected,
            String observed,
            String interval,
            String by,
            String where,
            String units,
            String because,
            List<Part> parts) {}

    public record Part(String unit, String observed, String interval, String verdict) {}

    public static ClaimsTable of(List<ClaimResult> claims) {
        if (claims.isEmpty()) {
            return new ClaimsTable("The spec has no claims.", "none", List.of());
        }
        Tally tally = Tally.ofClaims(claims);
        List<Row> rows = claims.stream()
                .sorted(Comparator.comparing(ClaimResult::verdict).reversed())
                .map(ClaimsTable::row)
                .toList();
        String words = tally.ofClaims();
        return new ClaimsTable(
                Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".",
                tally.verdict().word(),
                rows);
    }

    private static Row row(ClaimResult claim) {
        List<Part> parts = new ArrayList<>();
        if (claim.parts().size() > 1) {
            for (ClaimResult.Part part : claim.parts()) {
                parts.add(new Part(
                        part.unit(),
                        Numbers.show(part.observed()),
                        interval(part),
                        part.verdict().word()));
            }
        }
        ClaimResult.Part deciding = claim.deciding();
        return new Row(
                claim.verdict().word(),
                claim.say(),
                claim.limits().words(),
                Numbers.show(deciding.observed()),
                interval(deciding),
                compared(claim),
                deciding.where() == null ? "" : deciding.where(),
                claim.inUnits(),
                claim.because() == null ? "" : claim.because(),
                parts);
    }

    private static String interval(ClaimResult.Part part) {
        return part.exact() ? "" : Numbers.interval(part.low(), part.high());
    }

    private static String compared(ClaimResult claim) {
        String interval = Double.isNaN(claim.level()) ? "" : Numbers.show(claim.level() * 100) + " % interval";
        if (claim.by().equals("bound")) {
            return "by the whole " + interval;
        }
        return interval.isEmpty() ? "the number is exact" : "by the estimate; shown with its " + interval;
    }
}
