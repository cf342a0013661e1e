package dev.loupe.resolve;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.Apply;
import dev.loupe.analysis.Evaluate;
import dev.loupe.failure.SurroundingsException;
import dev.loupe.schema.Bound;
import dev.loupe.schema.Problems;
import dev.loupe.schema.SpecException;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.IntervalChoice;
import dev.loupe.spec.Measurement;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.NullSide;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a bound spec to an experiment: models found, references checked, rows ready to be drawn. */
public final class SpecResolver {
    private SpecResolver() {}

    /**
     * Resolves a spec.
     *
     * @param folder the folder of the spec, where relative names start
     * @return null where problems leave nothing to go on with
     */
    public static @Nullable Experiment resolve(
            Bound<ExperimentSpec> bound, Path folder, ModelCatalog catalog, Problems problems) {
        ExperimentSpec spec = bound.value();
        Map<String, ModelFamily> models = new LinkedHashMap<>();
        ModelResolver resolver = new ModelResolver(catalog, folder);
        spec.model().forEach((name, choice) -> {
            try {
                models.put(name, resolver.resolve(name, choice));
            } catch (SurroundingsException e) {
                throw e;
            } catch (SpecException e) {
                // What is wrong with a card is told at its place in the card.
                problems.addAll(e.problems());
            } catch (IllegalArgumentException e) {
                problems.add(bound.at("model." + name), "unknown-model", String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                // It is there, and its files are not what they should be.
                problems.add(bound.at("model." + name), "bad-model", String.valueOf(e.getMessage()));
            }
        });
        Map<String, Measurement> measure = spec.measure().isEmpty() ? shortForm(spec, bound, problems) : spec.measure();
        references(bound, measure, problems);
        if (models.isEmpty() || models.size() < spec.model().size()) {
            return null;
        }
        return new Experiment(bound, models, measure, new Rows(folder, spec.dataset()));
    }

    /** Without measurements: every metric, under the first intervention where there is one. */
    private static Map<String, Measurement> shortForm(
            ExperimentSpec spec, Bound<ExperimentSpec> bound, Problems problems) {
        if (spec.metric().isEmpty()) {
            problems.add(bound.at(""), "nothing-measured", "the spec measures nothing: give it `metric` or `measure`");
            return Map.of();
        }
        List<String> metrics = List.copyOf(spec.metric().keySet());
        Analysis analysis = spec.intervention().isEmpty()
                ? new Evaluate(metrics)
                : new Apply(spec.intervention().keySet().iterator().next(), metrics);
        return Map.of(
                "result",
                new Measurement(
                        analysis, "default", "default", null, NullSide.AUTO, new IntervalChoice(1000, 0.95, 17), ""));
    }

    private static void references(Bound<ExperimentSpec> bound, Map<String, Measurement> measure, Problems problems) {
        ExperimentSpec spec = bound.value();
        measure.forEach((name, m) -> {
            String path = "measure." + name;
            named(bound, path + ".on", "dataset", m.on().replaceFirst("/corrupted$", ""), spec.dataset(), problems);
            named(bound, path + ".model", "model", m.model(), spec.model(), problems);
            IgnoredMeasurementOptions.check(bound, path, m, problems);
            // A `/` groups names; these endings are those of a measurement's own tensors.
            if (name.contains(".") || name.contains("@") || name.matches(".*/(low|high|null|[0-9]*)")) {
                problems.add(
                        bound.at(path),
                        "bad-name",
                        "a measurement's name has no `.` or `@`, and does not end with `/low`, `/high`, `/null` or a number");
            }
        });
        for (Map.Entry<String, ModelChoice> model : spec.model().entrySet()) {
            if (model.getKey().contains("@")) {
                problems.add(bound.at("model." + model.getKey()), "bad-name", "a model's name has no `@`");
            }
        }
    }

    /** Whether the model and the dataset of a measurement are there; where not, that was said at its place. */
    static boolean refersToKnown(ExperimentSpec spec, Measurement m) {
        return known(m.on().replaceFirst("/corrupted$", ""), spec.dataset()) && known(m.model(), spec.model());
    }

    private static boolean known(String name, Map<String, ?> all) {
        return name.equals("default") || all.containsKey(name);
    }

    private static void named(
            Bound<ExperimentSpec> bound, String path, String kind, String name, Map<String, ?> all, Problems problems) {
        if (!known(name, all)) {
            IllegalArgumentException e = UnitPlanning.unknown(kind, name, all.keySet());
            problems.add(bound.at(path), "unknown-" + kind, String.valueOf(e.getMessage()));
        }
    }
}
