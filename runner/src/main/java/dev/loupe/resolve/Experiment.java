package dev.loupe.resolve;

import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.resolve.rows.Rows;
import dev.loupe.result.ResultName;
import dev.loupe.schema.Bound;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A resolved spec: every name found, every row drawn, nothing loaded.
 *
 * @param bound the spec with the place of each of its parts
 * @param measure its measurements; the short form's one where the spec names none
 * @param rows drawn datasets; see {@link Rows}
 * @param known what may be planned; all of it, where the spec has no problem
 */
public record Experiment(
        Bound<ExperimentSpec> bound,
        Map<String, ModelFamily> models,
        Map<String, Measurement> measure,
        Rows rows,
        Known known) {
    public ExperimentSpec spec() {
        return bound.value();
    }

    /** Public models that are not on this disk. */
    public List<PublicChoice> absent() {
        return models.values().stream()
                .flatMap(family -> family.units().stream())
                .map(ModelInstance::source)
                .filter(ModelSource.Absent.class::isInstance)
                .map(source -> ((ModelSource.Absent) source).choice())
                .toList();
    }

    /** The family that a measurement is made on; of one that reads others, what it leaves of the one with the most models. */
    public ModelFamily family(Measurement measurement) {
        List<Measurement> read = read(measurement);
        if (measurement.analysis() instanceof FamilyAnalysis reading && !read.isEmpty()) {
            return most(read.stream().map(this::family).toList()).without(reading.over());
        }
        List<ModelFamily> named = named(measurement);
        return named.size() == 1 || !ModelFamily.unlike(named).isEmpty() ? named.get(0) : ModelFamily.sideBySide(named);
    }

    private List<ModelFamily> named(Measurement measurement) {
        ModelFamily first = models.values().iterator().next();
        return measurement.model().stream()
                .map(name -> models.getOrDefault(name, first))
                .toList();
    }

    /** @throws IllegalArgumentException where the models of a measurement cannot be measured side by side */
    void checkModels(Measurement measurement) {
        List<ModelFamily> named = named(measurement);
        String unlike = ModelFamily.unlike(named);
        if (!unlike.isEmpty()) {
            throw new IllegalArgumentException(unlike);
        }
    }

    /** The first of those with the most models. */
    private static ModelFamily most(List<ModelFamily> families) {
        ModelFamily most = families.get(0);
        for (ModelFamily family : families) {
            most = family.units().size() > most.units().size() ? family : most;
        }
        return most;
    }

    /**
     * The models that read a dataset: those of measurements that use it, also as a reference inside an intervention; every
     * model of the spec, where none does.
     */
    public List<ModelInstance> readers(String dataset) {
        List<ModelInstance> used = measure.entrySet().stream()
                .filter(m -> known.with("measure." + m.getKey()).contains("dataset." + dataset))
                .flatMap(m -> family(m.getValue()).units().stream())
                .distinct()
                .toList();
        return used.isEmpty()
                ? models.values().stream()
                        .flatMap(family -> family.units().stream())
                        .toList()
                : used;
    }

    /** Every model whose numbers are in a measurement; of one that reads others, those of the one with the most. */
    public ModelFamily models(Measurement measurement) {
        List<Measurement> read = read(measurement);
        return read.isEmpty()
                ? family(measurement)
                : most(read.stream().map(this::models).toList());
    }

    /** The measurements that a measurement reads, as far as they are there; none where it reads itself, which is told elsewhere. */
    private List<Measurement> read(Measurement measurement) {
        List<Measurement> read = direct(measurement);
        Set<Measurement> reached = new LinkedHashSet<>();
        Deque<Measurement> open = new ArrayDeque<>(read);
        while (!open.isEmpty()) {
            Measurement next = open.remove();
            if (reached.add(next)) {
                open.addAll(direct(next));
            }
        }
        return reached.contains(measurement) ? List.of() : read;
    }

    private List<Measurement> direct(Measurement measurement) {
        return measurement.analysis() instanceof FamilyAnalysis reading
                ? reading.of().stream()
                        .map(of -> measure.get(ResultName.of(of).measurement()))
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /** The dataset that a measurement is made on; of one that reads others, that of the first. */
    public String dataset(Measurement measurement) {
        List<Measurement> read = read(measurement);
        if (!read.isEmpty()) {
            return dataset(read.get(0));
        }
        return !measurement.dataset().equals("default") || spec().dataset().containsKey("default")
                ? measurement.dataset()
                : spec().dataset().keySet().stream().findFirst().orElse(measurement.dataset());
    }
}
