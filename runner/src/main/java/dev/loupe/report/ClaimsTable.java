package dev.loupe.report;

import dev.loupe.result.ClaimResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The claims, failing ones first, else in their own order.
 *
 * @param verdict "All 4 claims hold.", "1 of 4 claims fails."
 * @param state pass, fail or none
 */
public record ClaimsTable(String verdict, String state, List<Row> rows) {
    /** @param because empty where there is nothing to explain */
    public record Row(
            boolean pass,
            String say,
            String expected,
            String observed,
            String interval,
            String by,
            String where,
            String because,
            List<Part> parts) {}

    public record Part(String unit, String observed, String interval, boolean pass) {}

    static ClaimsTable of(List<ClaimResult> claims) {
        List<Row> rows = new ArrayList<>();
        claims.stream().sorted(Comparator.comparing(ClaimResult::pass)).forEach(claim -> rows.add(row(claim)));
        int all = claims.size();
        long failing = claims.stream().filter(claim -> !claim.pass()).count();
        String verdict;
        if (all == 0) {
            verdict = "No claims were made.";
        } else if (failing == 0) {
            verdict = all == 1 ? "The one claim holds." : "All " + all + " claims hold.";
        } else {
            verdict =
                    failing + " of " + all + (all == 1 ? " claim" : " claims") + (failing == 1 ? " fails." : " fail.");
        }
        return new ClaimsTable(verdict, all == 0 ? "none" : failing == 0 ? "pass" : "fail", rows);
    }

    private static Row row(ClaimResult claim) {
        List<Part> parts = new ArrayList<>();
        for (ClaimResult.Part part : claim.parts()) {
            parts.add(new Part(
                    part.unit(), Numbers.show(part.observed()), interval(part.low(), part.high()), part.pass()));
        }
        return new Row(
                claim.pass(),
                claim.say(),
                claim.expected(),
                Numbers.show(claim.observed()),
                interval(claim.low(), claim.high()),
                compared(claim.by()),
                claim.where() == null ? "" : claim.where(),
                claim.because() == null ? "" : claim.because(),
                parts);
    }

    private static String interval(double low, double high) {
        return Double.isNaN(low) && Double.isNaN(high) ? "" : Numbers.interval(low, high);
    }

    private static String compared(String by) {
        return Arrays.stream(by.split(", "))
                .map(word -> switch (word) {
                    case "estimate" -> "by the estimate";
                    case "bound" -> "by the worse end of the interval";
                    case "every" -> "in every model";
                    default -> word;
                })
                .collect(Collectors.joining(", "));
    }
}
