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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** The family that a measurement is made on; of one that reads another, what it leaves of the other's. */
    public ModelFamily family(Measurement measurement) {
        Measurement read = read(measurement);
        if (measurement.analysis() instanceof FamilyAnalysis reading && read != null && !circular(read, measurement)) {
            return family(read).without(reading.over());
        }
        ModelFamily named = models.get(measurement.model());
        return named != null ? named : models.values().iterator().next();
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

    /** Every model whose numbers are in a measurement; of one that reads another, all models of the other. */
    public ModelFamily models(Measurement measurement) {
        Measurement read = read(measurement);
        if (read != null && !circular(read, measurement)) {
            return models(read);
        }
        return family(measurement);
    }

    /** The measurement whose models a measurement reads, null where it reads none or there is no such one. */
    private @Nullable Measurement read(Measurement measurement) {
        return measurement.analysis() instanceof FamilyAnalysis reading
                ? measure.get(ResultName.of(reading.of()).measurement())
                : null;
    }

    /** Whether a measurement reads another, itself or through others. */
    private boolean circular(Measurement from, Measurement sought) {
        Set<Measurement> seen = new HashSet<>();
        Measurement next = from;
        while (next != null && next != sought && seen.add(next)) {
            next = read(next);
        }
        return next != null;
    }

    /** The dataset that a measurement is made on. */
    public String dataset(Measurement measurement) {
        Measurement read = read(measurement);
        if (read != null && !circular(read, measurement)) {
            return dataset(read);
        }
        return !measurement.dataset().equals("default") || spec().dataset().containsKey("default")
                ? measurement.dataset()
                : spec().dataset().keySet().iterator().next();
    }
}
