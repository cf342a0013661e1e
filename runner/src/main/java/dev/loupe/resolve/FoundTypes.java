package dev.loupe.resolve;

import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.claim.AxisSelection;
import dev.loupe.claim.Measured;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.NamedArray;
import dev.loupe.result.ResultName;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks before anything runs that what chooses heads or edges is a result, scores them, and does not need what it chooses for. */
final class FoundTypes {
    private FoundTypes() {}

    /**
     * @param needs for each measurement the results by which it chooses heads or edges
     * @param blank results of the shapes that the plan will give
     */
    static void check(
            Experiment experiment,
            Map<String, Set<PlanningRound.Need>> needs,
            Map<String, Measured> blank,
            Problems problems) {
        needs.forEach((name, results) -> {
            for (PlanningRound.Need need : results) {
                String fault = fault(name, need, experiment, needs, blank);
                if (!fault.isEmpty()) {
                    problems.addFirst(place(experiment, name, need.by()), "cannot-measure", fault);
                }
            }
        });
    }

    /** Where the result is named by which a measurement, or an intervention that it applies, chooses. */
    private static SourceLocation place(Experiment experiment, String name, String by) {
        Bound<ExperimentSpec> bound = experiment.bound();
        return experiment.known().with("measure." + name).stream()
                .flatMap(part -> bound.origin().references().stream()
                        .filter(reference -> reference.isIn(part) && by.equals(bound.part(reference.path()))))
                .map(reference -> bound.at(reference.path()))
                .findFirst()
                .orElseGet(() -> bound.at("measure." + name));
    }

    private static String fault(
            String name,
            PlanningRound.Need need,
            Experiment experiment,
            Map<String, Set<PlanningRound.Need>> needs,
            Map<String, Measured> blank) {
        String by = need.by();
        String kind = need.kind();
        String measurement = ResultName.of(by).measurement();
        if (reached(measurement, needs).contains(name)) {
            return "it chooses " + kind + " by `" + by + "`, which needs the result of this measurement";
        }
        Measured chooser = blank.get(by);
        if (chooser == null && blank.containsKey(named(need))) {
            return named(experiment, name, need, blank);
        }
        if (chooser != null) {
            String unpaired = unpaired(experiment, name, by);
            if (!unpaired.isEmpty()) {
                return unpaired;
            }
            try {
                chooser = AxisSelection.narrow(chooser, need.where());
            } catch (IllegalArgumentException e) {
                return "`" + by + "`: " + e.getMessage();
            }
            boolean one = chooser.estimate().axes().stream()
                    .allMatch(axis -> axis.size() == 1 || need.axes().contains(axis.name()));
            return one && need.axes().stream().allMatch(chooser.estimate()::hasAxis)
                    ? ""
                    : "`" + by + "` does not score " + kind + ": it has "
                            + NamedArray.describe(chooser.estimate().axes()) + " instead of "
                            + String.join(" and ", need.axes());
        }
        boolean parts = blank.keySet().stream()
                .anyMatch(k -> ResultName.of(k).measurement().equals(measurement));
        Measurement silent = experiment.measure().get(measurement);
        if (silent != null && !silent.analysis().numbers()) {
            return "`" + measurement + "` has no numbers by which " + kind + " can be selected";
        }
        if (!parts) {
            // What is wrong with that measurement, or that there is none, is told at its own place.
            return "";
        }
        Set<String> known = new TreeSet<>(blank.keySet());
        known.removeIf(k -> parts && !ResultName.of(k).measurement().equals(measurement));
        return String.valueOf(UnknownName.of("measurement", by, known).getMessage());
    }

    /** The part of a search that has the numbers of the neurons or features that it found; the name of no result elsewhere. */
    private static String named(PlanningRound.Need need) {
        return Stream.of(ComponentKind.values())
                .filter(kind -> kind.unit() && need.axes().equals(kind.axes()))
                .map(kind -> need.by() + "." + kind.word())
                .findFirst()
                .orElse("");
    }

    /** A search that says which layer and neuron it found chooses those. */
    private static String named(
            Experiment experiment, String name, PlanningRound.Need need, Map<String, Measured> blank) {
        try {
            AxisSelection.narrow(Objects.requireNonNull(blank.get(named(need))), need.where());
        } catch (IllegalArgumentException e) {
            return "`" + need.by() + "`: " + e.getMessage();
        }
        return unpaired(experiment, name, need.by());
    }

    /** Each model chooses by its own result, or by that of the only model that was measured. */
    private static String unpaired(Experiment experiment, String name, String by) {
        Measurement choosing = experiment.measure().get(name);
        Measurement chooser = experiment.measure().get(ResultName.of(by).measurement());
        // What only computes with other results chooses nothing itself: those are checked under their own names.
        if (choosing == null || chooser == null || choosing.analysis() instanceof FamilyAnalysis) {
            return "";
        }
        ModelFamily scored = experiment.family(chooser);
        try {
            experiment.family(choosing).units().forEach(unit -> scored.beside(by, unit.at()));
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A measurement and all that it waits for. */
    private static Set<String> reached(String from, Map<String, Set<PlanningRound.Need>> needs) {
        Set<String> reached = new LinkedHashSet<>(Set.of(from));
        boolean grown = true;
        while (grown) {
            Set<String> next = new LinkedHashSet<>();
            reached.forEach(name -> needs.getOrDefault(name, Set.of())
                    .forEach(need -> next.add(ResultName.of(need.by()).measurement())));
            grown = reached.addAll(next);
        }
        return reached;
    }
}
