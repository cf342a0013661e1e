package dev.loupe.execute.step;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.plan.values.ChangePoints;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.plan.values.Distances;
import dev.loupe.plan.values.FamilyResults;
import dev.loupe.plan.values.OverModels;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.ExactSample;
import dev.loupe.result.sample.Mapped;
import dev.loupe.result.sample.Reduced;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import dev.loupe.result.sample.Stacked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of steps that read one result in several models: all of it side by side, with axes that become one number.
 * Rows that can be drawn again stay so.
 *
 * @param sample the results, null where they are exact
 * @param exact the results, null where they are samples
 */
public record Together(@Nullable Sample sample, @Nullable NamedArray exact) {
    /** @param values the result in each model, in their order */
    public static StepValue of(OverModels step, List<StepValue> values) {
        Together all = all(step.family(), values);
        if (step.family().groups()
                && all.sample instanceof Stacked stacked
                && stacked.parts().stream().allMatch(RowTable.class::isInstance)) {
            return new StepValue.Table(LeftOutGroups.reduced(
                    stacked.leading(),
                    stacked.parts().stream().map(RowTable.class::cast).toList(),
                    step.over(),
                    step.take()));
        }
        return all.reduced(step.over(), step.take()).value();
    }

    /** @param values the result in each model, in their order */
    public static StepValue of(ChangePoints step, List<StepValue> values) {
        Together all = all(step.family(), values);
        double[] at = step.at().stream().mapToDouble(Double::doubleValue).toArray();
        Axis parts = new Axis(
                ChangePoints.PARTS, step.parts().stream().map(CurvePart::word).toList());
        return all.mapped(List.of(step.along()), List.of(parts), numbers -> new Curve(at, numbers).of(step.parts()))
                .value();
    }

    /** @param values the result in each model, in their order */
    public static StepValue of(Distances step, List<StepValue> values) {
        int models = NamedArray.sizeOf(List.of(step.between()));
        return all(step.family(), values)
                .mapped(step.compared(), step.into(), numbers -> new SetDistances(numbers, models).all())
                .value();
    }

    /** @param means of the classes in every layer */
    public static StepValue of(ClassShapes step, StepValue means) {
        Sample sample = ((StepValue.Table) means).table();
        Axis classes = sample.estimate().axis(ClassShapes.CLASS);
        List<String> gone = List.of(ClassShapes.CLASS, ClassShapes.WIDTH);
        UnaryOperator<double[]> shape = numbers -> {
            ClassShape points = new ClassShape(numbers, classes.size(), step.plane());
            return step.coordinates() ? points.coordinates() : points.parts();
        };
        if (!step.coordinates()) {
            return new Together(sample, null)
                    .mapped(gone, step.into(classes), shape)
                    .value();
        }
        // Which way a plane is turned is chance, and other rows turn it otherwise: there is no interval of a
        // coordinate.
        NamedArray mapped = Mapped.of(sample.estimate(), gone, step.into(classes), shape);
        List<Axis> order = new ArrayList<>(mapped.axes());
        Collections.rotate(order, -2);
        return new StepValue.Numbers(mapped.inOrderOf(order));
    }

    private static Together all(FamilyResults family, List<StepValue> values) {
        List<Together> each = new ArrayList<>();
        for (StepValue value : values) {
            Together whole = value instanceof StepValue.Table table
                    ? new Together(table.table(), null)
                    : value instanceof StepValue.Sampled over
                            ? new Together(over.sample(), null)
                            : new Together(null, ((StepValue.Numbers) value).numbers());
            each.add(family.partsAxis().isEmpty() ? whole : whole.at(family.partsAxis(), family.part()));
        }
        return beside(family.leading(), each);
    }

    private static Together beside(List<Axis> leading, List<Together> each) {
        if (each.stream().allMatch(one -> one.sample == null)) {
            return new Together(
                    null,
                    NamedArray.stack(
                            leading, each.stream().map(Together::exactNumbers).toList()));
        }
        // What is exact in one of several models, such as undefined numbers, is exact in every resample.
        List<Sample> samples = each.stream()
                .map(one -> one.sample != null ? one.sample : new ExactSample(one.exactNumbers()))
                .toList();
        return new Together(new Stacked(leading, samples), null);
    }

    private NamedArray exactNumbers() {
        return Objects.requireNonNull(exact, "exact numbers");
    }

    private Together at(String axis, int index) {
        return new Together(
                sample == null ? null : sample.at(axis, index), exact == null ? null : exact.at(axis, index));
    }

    private Together reduced(List<String> over, ToDoubleFunction<double[]> take) {
        return new Together(
                sample == null ? null : new Reduced(sample, over, take),
                exact == null ? null : Reduced.of(exact, over, take));
    }

    private Together mapped(List<String> along, List<Axis> into, UnaryOperator<double[]> map) {
        return new Together(
                sample == null ? null : new Mapped(sample, along, into, map),
                exact == null ? null : Mapped.of(exact, along, into, map));
    }

    private StepValue value() {
        if (sample != null) {
            return new StepValue.Sampled(sample);
        }
        if (exact != null) {
            return new StepValue.Numbers(exact);
        }
        throw new IllegalStateException("no numbers");
    }
}
