package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ShapePart;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The geometry of class means.
 *
 * @param means the step that reads them, with the axes {@code class} and {@code d_model}
 * @param plane which two principal components of the means, from 1
 * @param coordinates whether the value is where the classes lie in that plane, instead of what is said of them
 */
public record ClassShapes(int id, int means, List<Integer> plane, boolean coordinates) implements ValueStep {
    public static final String PARTS = "part";
    public static final String CLASS = "class";
    public static final String WIDTH = "d_model";

    public ClassShapes {
        plane = List.copyOf(plane);
    }

    /** The axes that come. */
    public List<Axis> into(Axis classes) {
        return coordinates
                ? List.of(
                        classes,
                        new Axis(
                                "component", plane.stream().map(String::valueOf).toList()))
                : List.of(new Axis(
                        PARTS,
                        Arrays.stream(ShapePart.values()).map(ShapePart::word).toList()));
    }

    @Override
    public List<Integer> inputs() {
        return List.of(means);
    }

    @Override
    public ClassShapes renamed(IntUnaryOperator names) {
        return new ClassShapes(names.applyAsInt(id), names.applyAsInt(means), plane, coordinates);
    }

    @Override
    public String describe() {
        return coordinates ? "class means in a plane" : "shape of the class means";
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> all =
                new ArrayList<>(Objects.requireNonNull(steps.apply(means).axes(steps)));
        Axis classes = all.stream()
                .filter(axis -> axis.name().equals(CLASS))
                .findFirst()
                .orElseThrow();
        all.removeIf(axis -> axis.name().equals(CLASS) || axis.name().equals(WIDTH));
        List<Axis> out = new ArrayList<>();
        if (coordinates) {
            out.addAll(all);
            out.addAll(into(classes));
        } else {
            out.addAll(into(classes));
            out.addAll(all);
        }
        return out;
    }

    @Override
    public boolean samplesRows() {
        return !coordinates;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.numbers(this, means);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.classShapes(this);
    }
}
