package dev.loupe.resolve;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.ResultName;
import dev.loupe.spec.Measurement;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Plans the measurement by which each row ranks components.
 *
 * @param on the dataset that is edited
 * @param open measurements that wait for a ranking, so that none waits for itself
 */
record RankingPlan(Experiment experiment, ModelInstance unit, String on, List<String> open) {
    Ranking.ByStep by(
            String reference,
            String axis,
            int components,
            Ranking.Order order,
            BiFunction<String, Measurement, UnitPlanning> planning) {
        ResultName result = ResultName.of(reference);
        String name = result.measurement();
        Measurement measurement = experiment.measure().get(name);
        if (measurement == null) {
            throw UnknownName.of("measurement", name, experiment.measure().keySet());
        }
        if (open.contains(name)) {
            throw new IllegalArgumentException("`" + name + "` ranks the components that it edits itself: "
                    + String.join(" by ", open) + " by " + name);
        }
        if (experiment.family(measurement).units().stream()
                .noneMatch(u -> u.ref().equals(unit.ref()))) {
            throw new IllegalArgumentException("`" + name + "` ranks components of a different model than "
                    + unit.ref().label() + ": give both the same `model`");
        }
        sameRows(name, experiment.dataset(measurement));
        UnitPlanning inner = planning.apply(name, measurement);
        PlanBuilder builder = inner.builder();
        int step = measurement.analysis().plan(inner);
        List<Axis> axes =
                builder.since(step).get(0).axes(id -> builder.since(id).get(0));
        return new Ranking.ByStep(
                step, part(reference, result.part(), axes == null ? List.of() : axes, axis, components), order);
    }

    private static int part(String reference, String part, List<Axis> axes, String axis, int components) {
        boolean parted = !part.isEmpty();
        Axis last = axes.isEmpty() ? null : axes.get(axes.size() - 1);
        if (axes.size() != (parted ? 2 : 1) || last == null || !last.name().equals(axis) || last.size() != components) {
            throw new IllegalArgumentException("`" + reference + "` does not rank the " + components + " " + axis
                    + "s of one layer: it has " + NamedArray.describe(axes)
                    + (parted ? ", whose first axis is its parts" : ""));
        }
        int index = parted ? axes.get(0).labels().indexOf(part) : 0;
        if (index < 0) {
            throw new IllegalArgumentException("`" + reference + "` has no part `" + part + "` but "
                    + String.join(", ", axes.get(0).labels()));
        }
        return index;
    }

    /** Row numbers are all that connects a ranking with the rows that use it. */
    private void sameRows(String name, String ranked) {
        TokenRows theirs = experiment.rows().of(clean(ranked), unit).rows();
        TokenRows mine = experiment.rows().of(clean(on), unit).rows();
        if (!Arrays.deepEquals(theirs.tokens(), mine.tokens())) {
            throw new IllegalArgumentException("`" + name + "` ranks by the rows of `" + ranked
                    + "`, whose clean rows differ from the clean rows of `" + on + "`");
        }
    }

    private static String clean(String dataset) {
        return dataset.endsWith(RowsRef.CORRUPTED)
                ? dataset.substring(0, dataset.length() - RowsRef.CORRUPTED.length())
                : dataset;
    }
}
