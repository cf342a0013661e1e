package dev.loupe.resolve.model;

import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model of a spec by its name: one unit, or one for each combination of labels of its axes ({@code seed},
 * {@code checkpoint}, {@code model}).
 *
 * @param axes what its units differ in, none for a single model
 * @param units the last axis fastest; a combination that is missing is an error, never a hole
 */
public record ModelFamily(String name, List<Axis> axes, List<ModelInstance> units) {
    public ModelFamily {
        axes = List.copyOf(axes);
        units = List.copyOf(units);
        List<Coordinates> there = units.stream().map(ModelInstance::at).toList();
        for (Coordinates at : Coordinates.all(axes)) {
            if (!there.contains(at)) {
                throw new IllegalArgumentException("the models of one family must be there for every combination of "
                        + axes.stream().map(Axis::name).collect(Collectors.joining(" and "))
                        + ", but there is none for "
                        + at);
            }
        }
        if (!there.equals(Coordinates.all(axes))) {
            throw new IllegalStateException("units " + there + " are not in the order of " + axes);
        }
    }

    /** The family that these units form: they differ in what their coordinates name. */
    public static ModelFamily of(String name, List<ModelInstance> units) {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        units.forEach(unit -> unit.at()
                .labels()
                .forEach((axis, label) ->
                        labels.computeIfAbsent(axis, k -> new LinkedHashSet<>()).add(label)));
        List<Axis> axes = new ArrayList<>();
        labels.forEach((axis, all) -> axes.add(new Axis(axis, List.copyOf(all))));
        return new ModelFamily(name, axes, units);
    }

    /** The axis of models that are measured side by side. */
    private static final String MODEL = "model";

    /** Why several families cannot be one, in words; empty where they can. */
    public static String unlike(List<ModelFamily> families) {
        List<Axis> first = families.get(0).several();
        for (ModelFamily family : families.subList(1, families.size())) {
            if (!family.several().equals(first)) {
                return "models that are measured side by side need the same other axes, but `"
                        + families.get(0).name() + "` " + described(first) + " and `" + family.name() + "` "
                        + described(family.several());
            }
        }
        boolean taken = first.stream().anyMatch(axis -> axis.name().equals(MODEL));
        return families.size() > 1 && taken
                ? "`" + families.get(0).name() + "` has an axis `model` of its own: name it alone"
                : "";
    }

    private static String described(List<Axis> axes) {
        return axes.isEmpty()
                ? "is a single model"
                : "has "
                        + axes.stream()
                                .map(axis -> axis.name() + " " + String.join(", ", axis.labels()))
                                .collect(Collectors.joining(" and "));
    }

    /** The axes with more than one label. */
    private List<Axis> several() {
        return axes.stream().filter(axis -> axis.size() > 1).toList();
    }

    /** Several families as one, on a first axis {@code model} of their names; an axis with one label goes. */
    public static ModelFamily sideBySide(List<ModelFamily> families) {
        List<ModelInstance> units = new ArrayList<>();
        for (ModelFamily family : families) {
            List<String> single = family.axes().stream()
                    .filter(axis -> axis.size() == 1)
                    .map(Axis::name)
                    .toList();
            for (ModelInstance unit : family.units()) {
                units.add(unit.at(
                        Coordinates.of(MODEL, family.name()).and(unit.at().without(single))));
            }
        }
        return of(families.stream().map(ModelFamily::name).collect(Collectors.joining(", ")), units);
    }

    public ModelInstance first() {
        return units.get(0);
    }

    /**
     * The place among the units of the one whose result goes with another model: the one with the same labels. An axis with
     * one label goes with every label.
     *
     * @param result what was measured in these models, for the message
     */
    public int beside(String result, Coordinates other) {
        int place = 0;
        for (Axis axis : axes) {
            String wanted = other.labels().get(axis.name());
            int index =
                    axis.size() == 1 ? 0 : wanted == null ? -1 : axis.labels().indexOf(wanted);
            if (index < 0) {
                throw new IllegalArgumentException("`" + result + "` was measured for " + axis.name() + " "
                        + String.join(", ", axis.labels()) + ", and not for "
                        + (wanted == null ? "a model without " + axis.name() : axis.name() + " " + wanted));
            }
            place = place * axis.size() + index;
        }
        return place;
    }

    /** The units that have these labels on the axes that are given, in their order. */
    public List<ModelInstance> at(Coordinates some) {
        return units.stream().filter(unit -> unit.at().isAt(some)).toList();
    }

    /** The family without some of its axes; the first unit along them stands for the others. */
    public ModelFamily without(Collection<String> reduced) {
        List<Axis> kept =
                axes.stream().filter(axis -> !reduced.contains(axis.name())).toList();
        List<ModelInstance> representatives = new ArrayList<>();
        for (Coordinates at : Coordinates.all(kept)) {
            representatives.add(at(at).get(0).at(at));
        }
        return new ModelFamily(name, kept, representatives);
    }
}
