package dev.loupe.execute.outcome;

import dev.loupe.claim.Claim;
import dev.loupe.claim.ClaimCheck;
import dev.loupe.claim.Findings;
import dev.loupe.claim.Measured;
import dev.loupe.resolve.ClaimIntervals;
import dev.loupe.resolve.ComparedModels;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Coordinates;
import dev.loupe.result.ResultName;
import dev.loupe.result.sample.Resampling;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.spec.AnswerValue;
import java.util.ArrayList;
import java.util.HashMap;
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
            List<Axis> compared = ComparedModels.axes(
                    claim.that().axes(), claim.atLeast(), models(claim.that().references()));
            out.add(ClaimCheck.check(claim, units(claim.that().references(), compared, own == null ? EXACT : own)));
        }
        return out;
    }

    private boolean sampled(String measurement) {
        return families.entrySet().stream()
                .filter(e -> ResultName.of(e.getKey()).measurement().equals(measurement))
                .anyMatch(e -> e.getValue().values().stream().anyMatch(Measured::sampled));
    }

    /** The estimates of one result in every model. */
    Map<String, Findings> units(String result) {
        return units(List.of(result), family(result).models().axes(), EXACT);
    }

    /** The estimates that a number needs, in every model in which it is one. */
    Map<String, Findings> units(AnswerValue.Formula formula) {
        List<String> references = formula.references();
        return units(references, ComparedModels.axes(formula.axes(), null, models(references)), EXACT);
    }

    private Map<String, ModelFamily> models(List<String> references) {
        Map<String, ModelFamily> models = new LinkedHashMap<>();
        references.forEach(reference -> models.put(reference, family(reference).models()));
        return models;
    }

    /** The findings in every model that is compared, by its label. */
    private Map<String, Findings> units(List<String> references, List<Axis> compared, Resampling resampling) {
        Map<String, Findings> units = new LinkedHashMap<>();
        for (Coordinates at : Coordinates.all(compared)) {
            String alone = family(references.get(0)).models().first().label();
            Map<String, Measured> found = new HashMap<>();
            units.put(
                    compared.isEmpty() ? alone : at.toString(),
                    new Findings(
                            name -> found.computeIfAbsent(name, k -> family(k).at(at)), resampling));
        }
        return units;
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
