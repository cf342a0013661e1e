package dev.loupe.result.store;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Verdict;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A claim of the first layout of results.json, which knew only whether it passed. What did not pass is told apart by the
 * numbers that stand beside it. All intervals were of 95 %.
 *
 * @param by what was compared, and in how many models it had to hold: {@code estimate, 1 of 3}
 * @param where of the headline alone
 */
record ClaimBeforeVerdicts(
        String say,
        boolean pass,
        String expected,
        double observed,
        double @Nullable [] interval,
        String by,
        @Nullable String where,
        @Nullable String because,
        List<Part> parts) {
    private static final Pattern NEEDED = Pattern.compile(".*, (\\d+) of \\d+");

    /** The comparison in one model. */
    record Part(String unit, boolean pass, double observed, double @Nullable [] interval) {}

    ClaimResult claim() {
        String compared = by.split(", ", 2)[0];
        Limits limits = Limits.parse(expected);
        ClaimResult.Part headline = part(new Part("", pass, observed, interval), limits, compared, where);
        List<ClaimResult.Part> all = parts.stream()
                .map(part -> {
                    boolean same = Double.compare(part.observed(), observed) == 0;
                    return part(part, limits, compared, same ? where : null);
                })
                .toList();
        Matcher needed = NEEDED.matcher(by);
        all = all.isEmpty() ? List.of(headline) : all;
        return new ClaimResult(
                say,
                limits == null ? new Limits(null, null) : limits,
                compared,
                needed.matches() ? Integer.parseInt(needed.group(1)) : all.size(),
                all.stream().allMatch(ClaimResult.Part::exact) ? Double.NaN : .95,
                all,
                because);
    }

    private static ClaimResult.Part part(Part part, @Nullable Limits limits, String by, @Nullable String where) {
        double[] ends = StoredClaim.ends(part.interval());
        boolean bound = by.equals("bound") && !Double.isNaN(ends[0]);
        Verdict verdict;
        if (part.pass()) {
            verdict = Verdict.HOLDS;
        } else if (limits == null) {
            verdict = Verdict.REFUTED;
        } else {
            verdict = Double.isNaN(part.observed())
                    ? Verdict.UNDECIDED
                    : limits.verdict(bound ? ends[0] : part.observed(), bound ? ends[1] : part.observed());
        }
        return new ClaimResult.Part(part.unit(), verdict, part.observed(), ends[0], ends[1], where);
    }
}
