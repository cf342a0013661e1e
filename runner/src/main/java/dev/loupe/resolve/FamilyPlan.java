package dev.loupe.resolve;

import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import dev.loupe.result.ResultName;
import dev.loupe.spec.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Plans a measurement in every model that one model of a smaller family stands for.
 *
 * @param at the labels of that one model
 * @param open measurements that wait for this one, so that none waits for itself
 */
record FamilyPlan(Experiment experiment, Coordinates at, List<String> open) {
    /** The planning of the measurement that is read, in one model. */
    interface InModel {
        UnitPlanning planning(String name, Measurement measurement, ModelInstance model);
    }

    /** The result in the one model that goes with the one at these labels. */
    ModelResults beside(String reference, InModel inModel) {
        Measurement measurement =
                experiment.measure().get(ResultName.of(reference).measurement());
        Coordinates place = at;
        if (measurement != null) {
            ModelFamily family = experiment.family(measurement);
            place = family.units().get(family.beside(reference, at)).at();
        }
        return new FamilyPlan(experiment, place, open).results(reference, inModel);
    }

    ModelResults results(String reference, InModel inModel) {
        ResultName result = ResultName.of(reference);
        String name = result.measurement();
        Measurement measurement = experiment.measure().get(name);
        if (measurement == null) {
            throw UnknownName.of("measurement", name, experiment.measure().keySet());
        }
        if (open.contains(name)) {
            throw new IllegalArgumentException(
                    "`" + name + "` is computed from itself: " + String.join(" from ", open) + " from " + name);
        }
        ModelFamily family = experiment.family(measurement);
        List<ModelInstance> models = family.at(at);
        List<Integer> steps = new ArrayList<>();
        List<Axis> axes = List.of();
        boolean sampled = false;
        boolean groups = true;
        for (ModelInstance model : models) {
            UnitPlanning inner = inModel.planning(name, measurement, model);
            PlanBuilder builder = inner.builder();
            int mark = builder.mark();
            int step = measurement.analysis().plan(inner);
            steps.add(step);
            List<PlanStep> own = builder.since(mark);
            PlanStep last = step(own, step);
            List<Axis> found = last.axes(id -> step(own, id));
            if (found == null) {
                throw new IllegalArgumentException("`" + name + "` has no numbers");
            }
            axes = found;
            sampled |= last.samplesRows();
            groups &= last instanceof DescribeSample;
        }
        List<Axis> differing = family.axes().stream()
                .filter(axis -> !at.labels().containsKey(axis.name()))
                .toList();
        List<Axis> kept =
                family.axes().stream().filter(axis -> !differing.contains(axis)).toList();
        return part(reference, result.part(), measurement, kept, differing, steps, axes, sampled, groups);
    }

    private static PlanStep step(List<PlanStep> own, int id) {
        return Objects.requireNonNull(
                own.stream().filter(step -> step.id() == id).findFirst().orElse(null), () -> "no step " + id);
    }

    private static ModelResults part(
            String reference,
            String part,
            Measurement measurement,
            List<Axis> kept,
            List<Axis> models,
            List<Integer> steps,
            List<Axis> axes,
            boolean sampled,
            boolean groups) {
        String parts = measurement.analysis().parts();
        Axis divided = axes.stream()
                .filter(axis -> axis.name().equals(parts))
                .findFirst()
                .orElse(null);
        int index = divided == null
                ? -1
                : part.isEmpty() && divided.size() == 1 ? 0 : divided.labels().indexOf(part);
        if (divided == null ? !part.isEmpty() : index < 0) {
            throw new IllegalArgumentException("there is no result `" + reference + "`"
                    + (divided == null
                            ? ": it has no parts"
                            : ": its parts are " + String.join(", ", divided.labels())));
        }
        List<Axis> rest = axes.stream().filter(axis -> divided != axis).toList();
        return new ModelResults(
                kept, models, steps, rest, divided == null ? "" : parts, Math.max(0, index), sampled, groups);
    }
}
