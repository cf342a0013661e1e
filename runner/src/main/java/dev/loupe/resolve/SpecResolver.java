package dev.loupe.resolve;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.output.Evaluate;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.resolve.model.AbsentModel;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelOrder;
import dev.loupe.resolve.model.ModelResolver;
import dev.loupe.resolve.rows.Rows;
import dev.loupe.resolve.rows.Tables;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.shape.Reference;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.IntervalChoice;
import dev.loupe.spec.Measurement;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.NullSide;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a bound spec to an experiment: models found, references checked, rows ready to be drawn. */
public final class SpecResolver {
    private SpecResolver() {}

    /**
     * Resolves a spec, as far as it is known; a measurement that is not known in all its parts is there, and is not planned.
     *
     * @param folder the folder of the spec, where relative names start
     * @param data the folder where data files are looked for that are not there, or null
     */
    public static Experiment resolve(
            Bound<ExperimentSpec> bound, Path folder, @Nullable Path data, ModelCatalog catalog, Problems problems) {
        ExperimentSpec spec = bound.value();
        Map<String, Measurement> measure = measurements(bound, problems);
        Known known = Known.of(bound, measure);
        names(bound, measure, problems);
        lacksRows(bound, measure, known, problems);
        Rows rows = new Rows(data == null ? List.of(folder) : List.of(folder, data), spec.dataset(), catalog);
        ModelResolver resolver = new ModelResolver(catalog, folder, new Tables(rows, spec.dataset()));
        Map<String, ModelFamily> models = models(bound, resolver, known, problems);
        return new Experiment(bound, models, measure, rows, known);
    }

    /** The measurements of a spec, those of the short form where it names none. */
    static Map<String, Measurement> measurements(Bound<ExperimentSpec> bound, Problems problems) {
        return bound.origin().declared().in("measure").isEmpty()
                ? shortForm(bound.value(), bound, problems)
                : bound.value().measure();
    }

    private static Map<String, ModelFamily> models(
            Bound<ExperimentSpec> bound, ModelResolver resolver, Known known, Problems problems) {
        Map<String, ModelFamily> found = new LinkedHashMap<>();
        Map<String, ModelChoice> choices = bound.value().model();
        ModelOrder order = new ModelOrder(madeFrom(bound));
        order.names().forEach(name -> {
            String part = "model." + name;
            if (order.isCircular(name)) {
                problems.add(bound.at(part), "unknown-model", "`" + name + "` is made from itself");
                known.lacks(part);
                return;
            }
            // Which seeds or steps a model has decides what can be said of it; a name that is not there is told at its
            // place.
            if (bound.origin().partial().contains(part) || namesWhatIsMissing(bound, part, known)) {
                known.lacks(part);
                return;
            }
            ModelFamily family =
                    model(bound, resolver, name, Objects.requireNonNull(choices.get(name)), known, problems);
            if (family == null) {
                known.lacks(part);
            } else {
                found.put(name, family);
            }
        });
        Map<String, ModelFamily> models = new LinkedHashMap<>();
        choices.keySet().stream()
                .filter(found::containsKey)
                .forEach(name -> models.put(name, Objects.requireNonNull(found.get(name))));
        return models;
    }

    /** For each model, in the order of the spec, the models that it names. */
    private static Map<String, Set<String>> madeFrom(Bound<ExperimentSpec> bound) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (String name : bound.value().model().keySet()) {
            out.put(
                    name,
                    bound.origin().references().stream()
                            .filter(reference -> reference.isIn("model." + name)
                                    && reference.section().equals("model"))
                            .map(Reference::name)
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        return out;
    }

    private static boolean namesWhatIsMissing(Bound<ExperimentSpec> bound, String part, Known known) {
        return bound.origin().references().stream()
                .filter(reference -> reference.isIn(part) && !reference.name().equals("default"))
                .anyMatch(reference -> {
                    String named = reference.section() + "." + reference.name();
                    return !bound.origin().declared().in(reference.section()).contains(reference.name())
                            || (reference.section().equals("model")
                                    ? known.isAbsent(named)
                                    : bound.origin().unsure().contains(named));
                });
    }

    private static @Nullable ModelFamily model(
            Bound<ExperimentSpec> bound,
            ModelResolver resolver,
            String name,
            ModelChoice choice,
            Known known,
            Problems problems) {
        String part = "model." + name;
        try {
            return resolver.resolve(name, choice);
        } catch (EnvironmentException e) {
            throw e;
        } catch (SpecException e) {
            // What is wrong with a card is told at its place in the card.
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            Problem problem = problem(bound, part, "unknown-model", e);
            problems.add(problem);
            String meant = problem.meant();
            if (meant != null && choice instanceof ModelChoice.Card card && !meant.equals(card.card())) {
                known.doubts(part);
                return model(bound, resolver, name, card.called(meant), known, new Problems());
            }
        } catch (RuntimeException e) {
            // It is there, and its files are not what they should be.
            problems.add(problem(bound, part, "bad-model", e));
        }
        return null;
    }

    private static Problem problem(Bound<ExperimentSpec> bound, String part, String code, RuntimeException fault) {
        String message = String.valueOf(fault.getMessage());
        SourceLocation value = new FaultPlace(bound).of(message, List.of(part));
        String absent = fault instanceof AbsentModel model && model.meant() == null ? model.name() : null;
        return new Problem(value == null ? bound.at(part) : value, code, message, null, absent);
    }

    /** Without measurements: every metric, under the first intervention where there is one. */
    private static Map<String, Measurement> shortForm(
            ExperimentSpec spec, Bound<ExperimentSpec> bound, Problems problems) {
        if (spec.metric().isEmpty()) {
            if (!bound.origin().declared().in("metric").isEmpty()) {
                return Map.of();
            }
            problems.add(bound.at(""), "nothing-measured", "the spec measures nothing: add `metric` or `measure`");
            return Map.of();
        }
        List<String> metrics = List.copyOf(spec.metric().keySet());
        Analysis analysis = spec.intervention().isEmpty()
                ? new Evaluate(metrics)
                : new Apply(spec.intervention().keySet().iterator().next(), metrics);
        return Map.of(
                "result",
                new Measurement(
                        analysis,
                        "default",
                        List.of("default"),
                        null,
                        NullSide.AUTO,
                        new IntervalChoice(1000, 0.95, 17),
                        ""));
    }

    /** Without a dataset only weights can be measured. */
    private static void lacksRows(
            Bound<ExperimentSpec> bound, Map<String, Measurement> measure, Known known, Problems problems) {
        if (!bound.value().dataset().isEmpty()
                || !bound.origin().declared().in("dataset").isEmpty()) {
            return;
        }
        List<String> reading = measure.entrySet().stream()
                .filter(m -> m.getValue().readsRows() && !(m.getValue().analysis() instanceof FamilyAnalysis))
                .map(Map.Entry::getKey)
                .toList();
        if (!reading.isEmpty()) {
            known.lacks("dataset.default");
            problems.add(
                    bound.at("measure." + reading.get(0)),
                    "missing-key",
                    "`dataset` is missing: "
                            + (bound.value().measure().isEmpty()
                                    ? "the metric is read on the rows of one"
                                    : "`" + String.join("`, `", reading) + "` " + (reading.size() == 1 ? "is" : "are")
                                            + " measured on the rows of one"));
        }
    }

    private static void names(Bound<ExperimentSpec> bound, Map<String, Measurement> measure, Problems problems) {
        measure.forEach((name, m) -> {
            IgnoredMeasurementOptions.check(bound, "measure." + name, m, problems);
            // A `/` groups names; these endings are those of a measurement's own tensors.
            if (name.contains(".") || name.contains("@") || name.matches(".*/(low|high|null|[0-9]*)")) {
                problems.add(
                        bound.at("measure." + name),
                        "bad-name",
                        "the name of a measurement must not contain `.` or `@` or end with `/low`, `/high`, `/null` "
                                + "or a number");
            }
        });
        bound.value().dataset().forEach((name, dataset) -> {
            if (dataset.namesNothing()) {
                problems.add(
                        bound.at("dataset." + name + ".positions"),
                        "bad-dataset",
                        "dataset `" + name + "` has no tokens, so that it has no positions to name");
            }
        });
        for (String name : bound.value().model().keySet()) {
            if (name.contains("@")) {
                problems.add(bound.at("model." + name), "bad-name", "the name of a model must not contain `@`");
            }
        }
    }
}
