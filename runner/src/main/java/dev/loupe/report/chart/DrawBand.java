package dev.loupe.report.chart;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantiles;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What random draws give along an axis: their middle 95 % and their mean, over the axis {@code draw} and all models of a
 * family. Draws that are too few to have a middle 95 % go from the smallest to the largest.
 *
 * @param along the axis, with the labels at which draws were made
 * @param draws how many draws in each model
 */
public record DrawBand(Axis along, double[] low, double[] mean, double[] high, int draws, boolean percentile) {
    private static final double TAIL = .025;

    static final String DRAW = "draw";

    /** Whether a quantity is one of random draws along another axis. */
    static boolean drawn(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        return axes.size() >= 2
                && quantity.estimate().hasAxis(DRAW)
                && !axes.get(axes.size() - 1).name().equals(DRAW);
    }

    /** Random draws among what a run measured that belong beneath these lines: of the same thing, on the same rows. */
    public static @Nullable DrawBand beneath(Quantity lines, List<Artifact> others) {
        List<Axis> axes = lines.estimate().axes();
        if (axes.isEmpty() || drawn(lines)) {
            return null;
        }
        Axis along = axes.get(axes.size() - 1);
        for (Artifact other : others) {
            if (other instanceof Quantity quantity && drawn(quantity) && alike(lines, quantity)) {
                Axis theirs = last(quantity);
                if (theirs.name().equals(along.name()) && along.labels().containsAll(theirs.labels())) {
                    return of(quantity);
                }
            }
        }
        return null;
    }

    private static boolean alike(Quantity a, Quantity b) {
        return a.unit().equals(b.unit())
                && a.setting().sameRows(b.setting())
                && a.setting().reading().equals(b.setting().reading());
    }

    private static Axis last(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        return axes.get(axes.size() - 1);
    }

    static DrawBand of(Quantity quantity) {
        NamedArray values = quantity.estimate();
        Axis along = last(quantity);
        int n = along.size();
        double[] low = new double[n];
        double[] mean = new double[n];
        double[] high = new double[n];
        boolean percentile = Quantiles.enough(values.data().length / Math.max(1, n), TAIL);
        double tail = percentile ? TAIL : 0;
        for (int i = 0; i < n; i++) {
            List<Double> draws = new ArrayList<>();
            for (int at = i; at < values.data().length; at += n) {
                if (Double.isFinite(values.data()[at])) {
                    draws.add(values.data()[at]);
                }
            }
            double[] sorted = draws.stream().mapToDouble(Double::doubleValue).toArray();
            low[i] = sorted.length == 0 ? Double.NaN : Quantiles.of(sorted, tail);
            high[i] = sorted.length == 0 ? Double.NaN : Quantiles.of(sorted, 1 - tail);
            mean[i] = Arrays.stream(sorted).average().orElse(Double.NaN);
        }
        return new DrawBand(along, low, mean, high, values.axis(DRAW).size(), percentile);
    }

    /** The mean over draws in place of single draws. */
    static Quantity averaged(Quantity quantity) {
        NamedArray values = quantity.estimate();
        int draw = values.axisIndex(DRAW);
        List<Axis> rest = new ArrayList<>(values.axes());
        int draws = rest.remove(draw).size();
        double[] means = new double[NamedArray.sizeOf(rest)];
        for (int i = 0; i < draws; i++) {
            double[] one = values.at(DRAW, i).data();
            for (int at = 0; at < means.length; at++) {
                means[at] += one[at] / draws;
            }
        }
        return new Quantity(
                quantity.name(),
                quantity.title(),
                quantity.doc(),
                quantity.figure(),
                quantity.unit(),
                new NamedArray(rest, means),
                null,
                quantity.chance(),
                quantity.setting());
    }

    /** @param alone whether nothing else is drawn */
    String caption(boolean alone) {
        return "Shaded: " + (percentile ? "the middle 95 % of " : "from the smallest to the largest of ") + draws
                + " random draws; " + (alone ? "the line" : "dashed")
                + ": their mean.";
    }
}
