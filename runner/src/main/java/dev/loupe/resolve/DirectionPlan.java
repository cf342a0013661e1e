package dev.loupe.resolve;

import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.claim.AxisSelection;
import dev.loupe.claim.Measured;
import dev.loupe.hook.HookPoint;
import dev.loupe.plan.edit.Direction;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.result.NamedArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans the measurement whose numbers are a direction.
 *
 * @param unit the model that is edited
 * @param open measurements that wait for this one, so that none waits for itself
 */
record DirectionPlan(Experiment experiment, ModelInstance unit, List<String> open) {
    Direction of(String reference, Map<String, String> where, HookPoint point, int width, FamilyPlan.InModel inModel) {
        ModelResults found = new FamilyPlan(experiment, unit.at(), open).beside(reference, inModel);
        Map<String, String> labels = new LinkedHashMap<>(AxisSelection.expand(where));
        if (found.axes().stream().anyMatch(axis -> axis.name().equals("layer"))
                && point.site().perLayer()) {
            labels.putIfAbsent("layer", Integer.toString(point.layer()));
        }
        NamedArray zeros = new NamedArray(found.axes(), new double[NamedArray.sizeOf(found.axes())]);
        NamedArray left =
                AxisSelection.narrow(new Measured(zeros, null, null), labels).estimate();
        String axis = point.site().axes().get(point.site().axes().size() - 1);
        if (left.axes().size() != 1 || !left.hasAxis(axis) || left.axis(axis).size() != width) {
            throw new IllegalArgumentException("`" + reference + "` gives no direction of `"
                    + point.site().canonical() + "`, which is " + width + " numbers on an axis `" + axis + "`: it has "
                    + NamedArray.describe(left.axes()) + (labels.isEmpty() ? "" : " at " + labels)
                    + ", so name one label of each other axis with `where`");
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        labels.forEach(
                (name, label) -> places.put(name, zeros.axis(name).labels().indexOf(label)));
        if (!found.partsAxis().isEmpty()) {
            places.put(found.partsAxis(), found.part());
        }
        return new Direction.OfStep(found.steps().get(0), places);
    }
}
