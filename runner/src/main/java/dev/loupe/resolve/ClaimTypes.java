package dev.loupe.resolve;

import dev.loupe.analysis.Analysis;
import dev.loupe.claim.AtLeast;
import dev.loupe.claim.Claim;
import dev.loupe.claim.Expression;
import dev.loupe.claim.Findings;
import dev.loupe.claim.Measured;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.ResultName;
import dev.loupe.result.Side;
import dev.loupe.result.sample.Resampling;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.spec.Answer;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks claims before anything runs: every claim is evaluated on arrays of zeros of the shapes that the plan will give, so
 * a missing result, axis or label is found at its place in the file.
 */
public final class ClaimTypes {
    private ClaimTypes() {}

    public static void check(Experiment experiment, PlanningRound whole, Problems problems) {
        Map<String, Measured> blank = new LinkedHashMap<>();
        Set<String> sampled = new TreeSet<>();
        whole.outputs().forEach((name, outputs) -> {
            Measurement measurement = experiment.measure().get(name);
            if (measurement != null) {
                blank(whole, name, outputs, measurement, blank);
                if (samplesRows(whole, outputs)) {
                    sampled.add(name);
                }
            }
        });
        FoundTypes.check(experiment, whole.needs(), blank, problems);
        int claims = claims(experiment, blank, sampled, problems);
        answer(experiment, blank, claims, problems);
        figure(experiment, blank.keySet(), problems);
    }

    private static void answer(Experiment experiment, Map<String, Measured> blank, int claims, Problems problems) {
        Set<String> declared = declared(experiment);
        Answer answer = Answer.of(experiment.spec().report().answer());
        AnswerCheck check = new AnswerCheck(
                blank.keySet(),
                declared,
                claims,
                formula ->
                        formula.value(blank(experiment, formula.references(), formula.axes(), null, blank, declared)));
        SourceLocation start = experiment.bound().at("report.answer");
        for (Answer.Fault fault : check.problems(answer)) {
            problems.add(PlaceInText.of(start, answer.text(), fault.at()), "bad-answer", fault.message());
        }
    }

    /** Checks every claim that is known, and the expressions of others; how many were written. */
    private static int claims(
            Experiment experiment, Map<String, Measured> blank, Set<String> sampled, Problems problems) {
        Bound<ExperimentSpec> bound = experiment.bound();
        FaultPlace place = new FaultPlace(bound);
        Set<String> declared = declared(experiment);
        int i = 0;
        for (; bound.marks().containsKey("claims." + i); i++) {
            String at = "claims." + i + ".that";
            if (!(bound.part(at) instanceof Expression that)) {
                continue;
            }
            try {
                Claim claim = bound.part("claims." + i) instanceof Claim whole ? whole : null;
                Findings findings = blank(
                        experiment,
                        that.references(),
                        that.axes(),
                        claim == null ? null : claim.atLeast(),
                        blank,
                        declared);
                that.value(findings, -1);
                that.component(findings);
                Resampling interval = ClaimIntervals.of(experiment, that, sampled::contains);
                if (claim != null) {
                    if (interval == null && claim.by() == Claim.By.BOUND) {
                        throw new IllegalArgumentException(
                                "`by: bound` compares an interval, but this number is exact and has no interval: "
                                        + "leave `by` out");
                    }
                }
            } catch (IllegalArgumentException e) {
                // A name that is not there, and a measurement with a problem of its own, are reported at their places.
                boolean reported = e instanceof Unknown unknown
                        && (!declared.contains(unknown.measurement())
                                        && !experiment.spec().measure().isEmpty()
                                || !problems.isEmpty() && !has(blank, unknown.measurement()));
                SourceLocation value = place.of(String.valueOf(e.getMessage()), List.of("claims." + i));
                if (!reported && (value != null || !bound.origin().unsure().contains("claims." + i))) {
                    problems.addFirst(
                            value == null ? bound.at(at) : value, "bad-claim", String.valueOf(e.getMessage()));
                }
            }
        }
        return i;
    }

    private static Set<String> declared(Experiment experiment) {
        Set<String> declared = new TreeSet<>(experiment.measure().keySet());
        declared.addAll(experiment.bound().origin().declared().in("measure"));
        return declared;
    }

    private static boolean has(Map<String, Measured> blank, String measurement) {
        return blank.keySet().stream()
                .anyMatch(name -> ResultName.of(name).measurement().equals(measurement));
    }

    /** The figure that comes first on the page: a result, perhaps of one model of a family ({@code loss@seed 1}). */
    private static void figure(Experiment experiment, Set<String> results, Problems problems) {
        String figure = experiment.spec().report().figure();
        Set<String> known = new TreeSet<>(results);
        known.addAll(declared(experiment));
        String measurement = figure.split("[.@]", 2)[0];
        boolean unplanned = declared(experiment).contains(measurement)
                && results.stream()
                        .noneMatch(name -> ResultName.of(name).measurement().equals(measurement));
        if (unplanned && !problems.isEmpty()) {
            // What is wrong with that measurement is told at its own place.
            return;
        }
        if (!figure.isEmpty() && !known.contains(figure.split("@", 2)[0])) {
            String near = DidYouMean.to(figure, known);
            problems.add(
                    experiment.bound().at("report.figure"),
                    "unknown-figure",
                    "there is no result `" + figure + "`"
                            + (near == null
                                    ? "; known: " + String.join(", ", known)
                                    : "; did you mean `" + near + "`?"));
        }
    }

    /** Zeros of the shapes that a number will see in each model. */
    private static Findings blank(
            Experiment experiment,
            List<String> references,
            Set<String> axes,
            @Nullable AtLeast atLeast,
            Map<String, Measured> blank,
            Set<String> declared) {
        // A result that is not there is told before anything is counted.
        references.forEach(reference -> get(reference, blank, declared));
        Map<String, ModelFamily> families = new LinkedHashMap<>();
        for (String reference : references) {
            String name = ResultName.of(reference).measurement();
            Measurement measurement = experiment.measure().get(name);
            if (measurement != null && experiment.known().plannable(name)) {
                families.put(reference, experiment.family(measurement));
            }
        }
        List<String> compared = ComparedModels.axes(axes, atLeast, families).stream()
                .map(Axis::name)
                .toList();
        return new Findings(
                name -> {
                    Measured found = get(name, blank, declared);
                    ModelFamily family = families.get(name);
                    return family == null ? found : spanning(found, family, compared);
                },
                new Resampling(100, .95, 0));
    }

    /** The same with the axes of its models that are not compared. */
    private static Measured spanning(Measured found, ModelFamily family, List<String> compared) {
        List<Axis> spanned = family.axes().stream()
                .filter(axis -> !compared.contains(axis.name()))
                .toList();
        return spanned.isEmpty()
                ? found
                : Measured.stacked(spanned, Collections.nCopies(NamedArray.sizeOf(spanned), found));
    }

    private static final class Unknown extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final String reference;

        Unknown(String reference, String message) {
            super(message);
            this.reference = reference;
        }

        String measurement() {
            return ResultName.of(reference).measurement();
        }
    }

    /** @param declared measurements, those among them whose shape is not known */
    private static Measured get(String name, Map<String, Measured> all, Set<String> declared) {
        Measured found = all.get(name);
        if (found == null) {
            Set<String> known = new TreeSet<>(all.keySet());
            known.addAll(declared);
            throw new Unknown(
                    name,
                    String.valueOf(UnknownName.of("measurement", name, known).getMessage()));
        }
        return found;
    }

    /** Whether a result will be of rows that can be drawn again; what is computed from weights or from other results is not. */
    private static boolean samplesRows(PlanningRound whole, PlanningRound.Outputs outputs) {
        Integer id = whole.plan().outputs().get(outputs.units().get(0));
        return id == null || whole.plan().step(id).samplesRows();
    }

    private static void blank(
            PlanningRound whole,
            String name,
            PlanningRound.Outputs outputs,
            Measurement measurement,
            Map<String, Measured> blank) {
        Analysis analysis = measurement.analysis();
        if (!analysis.numbers()) {
            return;
        }
        Integer id = whole.plan().outputs().get(outputs.units().get(0));
        List<Axis> axes = id == null ? null : whole.plan().step(id).axes(whole.plan()::step);
        if (axes == null) {
            return;
        }
        NullBand band = measurement.chance() == null ? null : new NullBand("", new double[0], Side.HIGHER);
        NamedArray zeros = new NamedArray(axes, new double[NamedArray.sizeOf(axes)]);
        String parts = analysis.parts();
        boolean divided = !parts.isEmpty() && zeros.hasAxis(parts);
        // Results of several parts are known by their parts alone, and one of a single part is that part.
        if (!divided || zeros.axis(parts).size() == 1) {
            blank.put(name, new Measured(divided ? zeros.at(parts, 0) : zeros, null, band));
        }
        if (divided) {
            List<String> labels = zeros.axis(parts).labels();
            for (int i = 0; i < labels.size(); i++) {
                blank.put(name + "." + labels.get(i), new Measured(zeros.at(parts, i), null, band));
            }
        }
    }
}
