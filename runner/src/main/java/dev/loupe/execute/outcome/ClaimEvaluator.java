package dev.loupe.execute.outcome;

import dev.loupe.claim.Claim;
import dev.loupe.claim.ClaimCheck;
import dev.loupe.claim.Findings;
import dev.loupe.claim.Measured;
import dev.loupe.resolve.ClaimIntervals;
import dev.loupe.resolve.Experiment;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Resampling;
import dev.loupe.schema.problem.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims checked on the results of a whole experiment. */
public final class ClaimEvaluator {
    /** Where no replicate is asked for. */
    private static final Resampling EXACT = new Resampling(100, .95, 0);

    private final Map<String, MeasuredFamily> families;
    private final Experiment experiment;

    public ClaimEvaluator(Map<String, MeasuredFamily> families, Experiment experiment) {
        this.families = families;
        this.experiment = experiment;
    }

    public List<ClaimResult> check(List<Claim> claims) {
        List<ClaimResult> out = new ArrayList<>();
        for (Claim claim : claims) {
            Resampling own = ClaimIntervals.of(experiment, claim.that(), this::sampled);
            out.add(ClaimCheck.check(claim, units(claim.that().references(), own == null ? EXACT : own)));
        }
        return out;
    }

    private boolean sampled(String measurement) {
        return families.entrySet().stream()
                .filter(e -> e.getKey().split("\\.", 2)[0].equals(measurement))
                .anyMatch(e -> e.getValue().units().values().stream().anyMatch(Measured::sampled));
    }

    /** The estimates of one result in every model. */
    Map<String, Findings> units(String result) {
        return units(List.of(result), EXACT);
    }

    /** The findings of every model that these results speak of, paired by label. */
    private Map<String, Findings> units(List<String> references, Resampling resampling) {
        MeasuredFamily widest = family(references.get(0));
        for (String reference : references) {
            MeasuredFamily family = family(reference);
            widest = family.units().size() > widest.units().size() ? family : widest;
        }
        Map<String, Findings> units = new LinkedHashMap<>();
        for (String label : widest.units().keySet()) {
            String shown = widest.axis().isEmpty() ? label : widest.axis() + " " + label;
            units.put(shown, new Findings(name -> measured(name, label), resampling));
        }
        return units;
    }

    private Measured measured(String name, String label) {
        MeasuredFamily family = family(name);
        Measured same = family.units().get(label);
        if (same != null) {
            return same;
        }
        if (family.units().size() == 1) {
            return family.units().values().iterator().next();
        }
        throw new IllegalArgumentException("`" + name + "` has no " + family.axis() + " " + label + " to compare with");
    }

    private MeasuredFamily family(String name) {
        MeasuredFamily family = families.get(name);
        if (family == null) {
            String near = DidYouMean.to(name, families.keySet());
            throw new IllegalArgumentException(
                    "there is no result `" + name + "`" + (near == null ? "" : "; did you mean `" + near + "`?"));
        }
        return family;
    }
}
