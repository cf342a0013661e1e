package dev.loupe.execute.step;

import dev.loupe.plan.ask.CurvePart;
import dev.loupe.plan.values.ChangePoints;
import dev.loupe.result.LevelCrossing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number along an axis of numbers, such as accuracy along the steps of a training.
 *
 * @param at the labels, rising; a 0 is no point of log t but may be the curve's first
 * @param values the number there
 */
record Curve(double[] at, double[] values) {
    private static final double WINDOW = 0.1;

    /** Every part that is asked for; undefined where the curve has too few points, lacks some, or changes no more than it scatters. */
    double[] of(List<CurvePart> parts) {
        int[] positive = IntStream.range(0, at.length).filter(i -> at[i] > 0).toArray();
        if (positive.length < ChangePoints.FEWEST || Arrays.stream(values).anyMatch(Double::isNaN)) {
            return undefined(parts);
        }
        double[] log = Arrays.stream(positive).mapToDouble(i -> Math.log(at[i])).toArray();
        double[] y = Arrays.stream(positive).mapToDouble(i -> values[i]).toArray();
        CurveFit fit = CurveFit.of(log, y);
        if (scatters(fit.logistic(), y.length)) {
            return undefined(parts);
        }
        return parts.stream()
                .mapToDouble(part -> switch (part) {
                    case DELTA_BIC -> fit.deltaBic();
                    case T50 -> LevelCrossing.first(at, values, (values[0] + last()) / 2, change());
                    case SHARPNESS -> sharpness(log, y);
                    case DIP -> against(dipIndex());
                    case DIP_STEP -> against(dipIndex()) > 0 ? at[dipIndex()] : Double.NaN;
                })
                .toArray();
    }

    private static double[] undefined(List<CurvePart> parts) {
        return parts.stream().mapToDouble(part -> Double.NaN).toArray();
    }

    private double last() {
        return values[values.length - 1];
    }

    private double change() {
        return last() - values[0];
    }

    /** Whether the whole change is below three standard errors of a difference, by the scatter around the logistic function. */
    private boolean scatters(double squares, int n) {
        return Math.abs(change()) <= 3 * Math.sqrt(2 * squares / (n - 4));
    }

    private double against(int i) {
        return Math.max(0, Math.signum(change()) * (values[0] - values[i]));
    }

    private int dipIndex() {
        int most = 0;
        for (int i = 1; i < values.length; i++) {
            most = against(i) > against(most) ? i : most;
        }
        return most;
    }

    /** The curve is a line between its points, so that the steepest window begins or ends at one of them. */
    private double sharpness(double[] log, double[] y) {
        double width = WINDOW * (log[log.length - 1] - log[0]);
        double whole = y[y.length - 1] - y[0];
        double most = 0;
        for (double point : log) {
            for (double from : new double[] {point, point - width}) {
                double within = Interpolated.at(log, y, from + width) - Interpolated.at(log, y, from);
                most = Math.max(most, within / whole);
            }
        }
        return whole == 0 ? Double.NaN : most;
    }

    /** A line between points, level outside of them. */
    private static final class Interpolated {
        private Interpolated() {}

        static double at(double[] x, double[] y, double where) {
            if (where <= x[0]) {
                return y[0];
            }
            for (int i = 1; i < x.length; i++) {
                if (where <= x[i]) {
                    return y[i - 1] + (y[i] - y[i - 1]) * (where - x[i - 1]) / (x[i] - x[i - 1]);
                }
            }
            return y[y.length - 1];
        }
    }
}
