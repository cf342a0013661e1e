package dev.loupe.report.training;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number along the steps of one training.
 *
 * @param quantity which it is a part of
 * @param model "seed 0"; empty where there is one
 * @param component "L1H2" where it is the score of one of many; else empty
 * @param steps rising
 * @param low lower ends of the intervals at each step; null where the numbers are exact
 */
record TrainingCurve(
        Quantity quantity,
        String model,
        String component,
        double[] steps,
        double[] values,
        double @Nullable [] low,
        double @Nullable [] high) {

    /** The curves of a quantity, one for each of its models: of many components the one that changes most in that model. */
    static List<TrainingCurve> of(Quantity quantity) {
        return each(quantity).stream()
                .map(curves -> curves.stream()
                        .max(Comparator.comparingDouble(TrainingCurve::change))
                        .orElseThrow())
                .toList();
    }

    /**
     * All curves of a quantity, model by model, component by component. None where it has no steps, or is more than a number
     * for each model and component.
     */
    static List<List<TrainingCurve>> each(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        Axis training = axes.stream().filter(AxisKind::training).findFirst().orElse(null);
        boolean plain = axes.stream()
                .allMatch(axis -> AxisKind.family(axis) || Plotted.NAMING.contains(axis.name()) || axis == training);
        if (training == null || !plain) {
            return List.of();
        }
        Plotted plotted = Plotted.of(quantity, order(axes, training));
        int inner = (int) axes.stream()
                .filter(axis -> Plotted.NAMING.contains(axis.name()))
                .count();
        List<List<TrainingCurve>> models = new ArrayList<>();
        for (Plotted.Slice slice : plotted.slices(inner + 1)) {
            List<TrainingCurve> curves = new ArrayList<>();
            for (int at = slice.offset(); at < slice.offset() + slice.size(); at += training.size()) {
                curves.add(curve(plotted, slice, at, training, inner > 0));
            }
            models.add(curves);
        }
        return models;
    }

    /** Components, then steps as the fastest. */
    private static String[] order(List<Axis> axes, Axis training) {
        List<String> last = new ArrayList<>();
        axes.stream().map(Axis::name).filter(Plotted.NAMING::contains).forEach(last::add);
        last.add(training.name());
        return last.toArray(new String[0]);
    }

    private static TrainingCurve curve(
            Plotted plotted, Plotted.Slice slice, int from, Axis training, boolean components) {
        int n = training.size();
        NamedArray all = plotted.estimate();
        String component = components ? plotted.component(from) : null;
        return new TrainingCurve(
                plotted.quantity(),
                slice.title(),
                component == null ? "" : component,
                training.labels().stream().mapToDouble(Double::parseDouble).toArray(),
                Arrays.copyOfRange(all.data(), from, from + n),
                part(plotted.low(), from, n),
                part(plotted.high(), from, n));
    }

    private static double @Nullable [] part(double @Nullable [] all, int from, int n) {
        return all == null ? null : Arrays.copyOfRange(all, from, from + n);
    }

    /** How far it goes from its first step to its last; below 0 where that is undefined. */
    double change() {
        double change = Math.abs(last() - first());
        return Double.isNaN(change) ? -1 : change;
    }

    double first() {
        return values[0];
    }

    double last() {
        return values[values.length - 1];
    }

    /** Whether it ends where it began, as far as its intervals tell. */
    boolean unchanged() {
        int end = values.length - 1;
        return low == null || high == null
                ? first() == last()
                : Math.max(low[0], low[end]) <= Math.min(high[0], high[end]);
    }
}
