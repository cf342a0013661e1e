package dev.loupe.result.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Claims of the first layout of results.json, which knew only whether a claim passed. What did not pass is told apart by
 * the numbers that stand beside it. All intervals were of 95 %.
 */
final class ClaimsBeforeVerdicts {
    private static final Pattern NEEDED = Pattern.compile(".*, (\\d+) of \\d+");

    private ClaimsBeforeVerdicts() {}

    static ClaimResult read(JsonNode node) {
        String compared = ClaimsJson.need(node, "by").asText();
        String by = compared.split(", ", 2)[0];
        Limits limits = Limits.parse(ClaimsJson.need(node, "expected").asText());
        List<ClaimResult.Part> parts = new ArrayList<>();
        ClaimResult.Part headline = part(node, "", limits, by, ClaimsJson.optional(node, "where"));
        for (JsonNode entry : ClaimsJson.need(node, "parts")) {
            ClaimResult.Part part = part(entry, ClaimsJson.need(entry, "unit").asText(), limits, by, null);
            // The component was kept for the headline alone.
            boolean same = Double.compare(part.observed(), headline.observed()) == 0;
            parts.add(same ? part(entry, part.unit(), limits, by, headline.where()) : part);
        }
        Matcher needed = NEEDED.matcher(compared);
        boolean exact = parts.isEmpty() ? headline.exact() : parts.stream().allMatch(ClaimResult.Part::exact);
        return new ClaimResult(
                ClaimsJson.need(node, "say").asText(),
                limits == null ? new Limits(null, null) : limits,
                by,
                needed.matches() ? Integer.parseInt(needed.group(1)) : Math.max(1, parts.size()),
                exact ? Double.NaN : .95,
                parts.isEmpty() ? List.of(headline) : parts,
                ClaimsJson.optional(node, "because"));
    }

    private static ClaimResult.Part part(
            JsonNode node, String unit, @Nullable Limits limits, String by, @Nullable String where) {
        double observed = JsonNumbers.read(ClaimsJson.need(node, "observed"), "observed");
        double[] ends = ClaimsJson.ends(node);
        boolean bound = by.equals("bound") && !Double.isNaN(ends[0]);
        Verdict verdict;
        if (ClaimsJson.need(node, "pass").asBoolean()) {
            verdict = Verdict.HOLDS;
        } else if (limits == null) {
            verdict = Verdict.REFUTED;
        } else {
            verdict = Double.isNaN(observed)
                    ? Verdict.UNDECIDED
                    : limits.verdict(bound ? ends[0] : observed, bound ? ends[1] : observed);
        }
        return new ClaimResult.Part(unit, verdict, observed, ends[0], ends[1], where);
    }
}
