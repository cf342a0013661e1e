package dev.loupe.claim;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantiles;
import dev.loupe.result.Verdict;
import dev.loupe.result.sample.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks claims against results, model by model. */
public final class ClaimCheck {
    private ClaimCheck() {}

    /**
     * Checks one claim.
     *
     * @param units the results of each model that it speaks of, by the model's label; at least one
     */
    public static ClaimResult check(Claim claim, Map<String, Findings> units) {
        List<ClaimResult.Part> parts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        double level = Double.NaN;
        boolean bound = false;
        for (Map.Entry<String, Findings> unit : units.entrySet()) {
            Findings findings = unit.getValue();
            double observed = claim.that().value(findings, -1);
            boolean sampled = claim.that().sampled(findings);
            double[] replicates = sampled ? replicates(claim.that(), findings) : new double[0];
            double[] ends = sampled ? interval(replicates, findings.resampling()) : exact();
            boolean byBound = sampled && claim.by() != Claim.By.ESTIMATE;
            String reason = !byBound || Double.isNaN(observed)
                    ? undefined(claim.that(), findings, observed, unit.getKey())
                    : undefined(replicates, findings.resampling(), unit.getKey());
            Verdict verdict = reason != null
                    ? Verdict.UNDECIDED
                    : claim.limits().verdict(byBound ? ends[0] : observed, byBound ? ends[1] : observed);
            parts.add(new ClaimResult.Part(
                    unit.getKey(),
                    verdict,
                    observed,
                    ends[0],
                    ends[1],
                    claim.that().component(findings)));
            if (reason != null) {
                reasons.add(reason);
            } else {
                reasons.addAll(leftOut(claim, findings, unit.getKey()));
            }
            bound |= byBound;
            level = sampled ? findings.resampling().level() : level;
        }
        int needed = claim.atLeast() == null ? parts.size() : claim.atLeast().models();
        return new ClaimResult(
                claim.say(),
                claim.limits(),
                bound ? "bound" : "estimate",
                needed,
                level,
                parts,
                reasons.isEmpty() ? null : String.join("; ", reasons),
                claim.that().references().stream().distinct().toList());
    }

    /** A claim about all numbers says which of them it does not speak of. */
    private static List<String> leftOut(Claim claim, Findings findings, String unit) {
        NamedArray above = claim.above() == null ? null : claim.that().allAbove(findings);
        NamedArray all =
                above != null || claim.below() == null ? above : claim.that().allBelow(findings);
        if (all == null) {
            return List.of();
        }
        long undefined = Arrays.stream(all.data()).filter(Double::isNaN).count();
        return undefined == 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d numbers in %s are undefined and left out",
                        undefined,
                        all.data().length,
                        unit));
    }

    private static double[] exact() {
        return new double[] {Double.NaN, Double.NaN};
    }

    private static @Nullable String undefined(Expression expression, Findings findings, double observed, String unit) {
        if (!Double.isNaN(observed)) {
            return null;
        }
        return "undefined in " + unit + ": "
                + expression.references().stream()
                        .map(reference -> findings.get(reference).undefined())
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse("nothing was counted");
    }

    /** An interval says nothing for resamples in which the number is undefined, so they may not be more than it leaves out. */
    private static @Nullable String undefined(double[] replicates, Resampling resampling, String unit) {
        long lost = Arrays.stream(replicates).filter(Double::isNaN).count();
        if (lost <= (1 - resampling.level()) * replicates.length + 1e-9) {
            return null;
        }
        return String.format(Locale.ROOT, "undefined in %s for %,d of %,d resamples", unit, lost, replicates.length);
    }

    /** The expression on each replicate of the bootstrap. */
    static double[] replicates(Expression expression, Findings findings) {
        double[] draws = new double[findings.resampling().times()];
        for (int b = 0; b < draws.length; b++) {
            draws[b] = expression.value(findings, b);
        }
        return draws;
    }

    /** The percentile interval of an expression over the bootstrap's replicates. */
    static double[] interval(double[] replicates, Resampling resampling) {
        return new double[] {
            Quantiles.of(replicates, (1 - resampling.level()) / 2),
            Quantiles.of(replicates, (1 + resampling.level()) / 2)
        };
    }
}
