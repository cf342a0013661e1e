package dev.loupe.claim;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Quantiles;
import dev.loupe.result.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks claims against results, model by model. */
public final class ClaimCheck {
    private ClaimCheck() {}

    /**
     * Checks one claim.
     *
     * @param units the results of each model that it speaks of, by the model's label
     */
    public static ClaimResult check(Claim claim, Map<String, Findings> units) {
        List<ClaimResult.Part> parts = new ArrayList<>();
        List<String> components = new ArrayList<>();
        String why = null;
        boolean bound = false;
        for (Map.Entry<String, Findings> unit : units.entrySet()) {
            Findings findings = unit.getValue();
            double observed;
            double[] ends = {Double.NaN, Double.NaN};
            observed = claim.that().value(findings, -1);
            boolean sampled = claim.that().sampled(findings);
            if (sampled) {
                ends = interval(claim.that(), findings);
            }
            boolean byBound = claim.by() == Claim.By.BOUND || (claim.by() == Claim.By.AUTO && sampled);
            bound |= byBound;
            boolean pass = holds(claim, observed, ends, byBound && sampled);
            parts.add(new ClaimResult.Part(unit.getKey(), observed, ends[0], ends[1], pass));
            String component = claim.that().component(findings);
            components.add(component == null ? "" : component);
            if (Double.isNaN(observed)) {
                why = "undefined in " + unit.getKey() + ": nothing was counted";
            }
        }
        return result(claim, parts, components, bound, why);
    }

    private static ClaimResult result(
            Claim claim, List<ClaimResult.Part> parts, List<String> components, boolean bound, @Nullable String why) {
        long holding = parts.stream().filter(ClaimResult.Part::pass).count();
        long needed = claim.atLeast() == null ? parts.size() : claim.atLeast();
        // The headline is the worst part: the one nearest to failing, or failing most.
        int worst = 0;
        for (int i = 1; i < parts.size(); i++) {
            if (margin(claim, parts.get(i), bound) < margin(claim, parts.get(worst), bound)) {
                worst = i;
            }
        }
        ClaimResult.Part shown = parts.get(worst);
        String by = (bound ? "bound" : "estimate")
                + (parts.size() == 1
                        ? ""
                        : claim.atLeast() == null ? ", every" : ", " + needed + " of " + parts.size());
        String component = components.get(worst);
        boolean pass = !parts.isEmpty() && holding >= needed;
        return new ClaimResult(
                claim.say(),
                claim.expected(),
                shown.observed(),
                shown.low(),
                shown.high(),
                by,
                pass,
                component.isEmpty() ? null : component,
                parts.size() == 1 ? List.of() : parts,
                why);
    }

    private static double margin(Claim claim, ClaimResult.Part part, boolean byBound) {
        if (Double.isNaN(part.observed())) {
            return Double.NEGATIVE_INFINITY;
        }
        boolean ends = byBound && !Double.isNaN(part.low());
        double margin = Double.POSITIVE_INFINITY;
        if (claim.above() != null) {
            margin = Math.min(margin, (ends ? part.low() : part.observed()) - claim.above());
        }
        if (claim.below() != null) {
            margin = Math.min(margin, claim.below() - (ends ? part.high() : part.observed()));
        }
        return margin;
    }

    private static boolean holds(Claim claim, double observed, double[] ends, boolean byBound) {
        double low = byBound ? ends[0] : observed;
        double high = byBound ? ends[1] : observed;
        return (claim.above() == null || low > claim.above()) && (claim.below() == null || high < claim.below());
    }

    /** The percentile interval of an expression over the bootstrap's replicates. */
    static double[] interval(Expression expression, Findings findings) {
        Resampling resampling = findings.resampling();
        double[] draws = new double[resampling.times()];
        for (int b = 0; b < draws.length; b++) {
            draws[b] = expression.value(findings, b);
        }
        return new double[] {
            Quantiles.of(draws, (1 - resampling.level()) / 2), Quantiles.of(draws, (1 + resampling.level()) / 2)
        };
    }
}
