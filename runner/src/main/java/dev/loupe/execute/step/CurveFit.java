package dev.loupe.execute.step;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Least-squares fits of a + b f(x), where f has one or two parameters of its own. For given parameters of f the best a and b
 * follow from a regression, so only those are searched: over a grid, then over ever finer ones around the best point. No
 * starting point is drawn, and equal curves have equal fits.
 */
final class CurveFit {
    private static final int ROUNDS = 20;
    private static final int GRID = 8;

    /** The first grid is finer, so that a sudden change between two of its points is not missed. */
    private static final int FIRST = 24;

    private CurveFit() {}

    /** The sum of squares that {@code a + b / (1 + exp(-(x - m) / s))} leaves, x the logarithm of the step. */
    static double logistic(double[] x, double[] y) {
        double range = x[x.length - 1] - x[0];
        double nearest = IntStream.range(1, x.length)
                .mapToDouble(i -> x[i] - x[i - 1])
                .min()
                .orElse(range);
        // From a step between the two points that are nearest to each other to the whole of the range, nearly a line.
        return least(
                new double[] {x[0] - range / 4, Math.log(Math.min(range / 50, nearest / 10))},
                new double[] {x[x.length - 1] + range / 4, Math.log(range)},
                p -> left(x, y, t -> 1 / (1 + Math.exp(-(t - p[0]) / Math.exp(p[1])))));
    }

    /** The sum of squares that {@code a + b t^c} leaves, x the logarithm of t. */
    static double power(double[] x, double[] y) {
        double middle = (x[0] + x[x.length - 1]) / 2;
        return least(
                new double[] {-4},
                new double[] {4},
                // Around c = 0 this is a line in x; centred, so that the regression stays well-conditioned.
                p -> left(x, y, t -> Math.abs(p[0]) < 1e-6 ? t : Math.expm1(p[0] * (t - middle)) / p[0]));
    }

    /** The Bayesian information criterion of a fit with so many parameters; a perfect fit counts as one to 1e-6 of the range. */
    static double bic(double squares, double[] y, int parameters) {
        double range = Arrays.stream(y).max().orElse(0) - Arrays.stream(y).min().orElse(0);
        double mean = Math.max(squares / y.length, 1e-12 * range * range);
        return y.length * Math.log(mean) + parameters * Math.log(y.length);
    }

    private interface Squares {
        double at(double[] parameters);
    }

    private static double least(double[] low, double[] high, Squares squares) {
        double[] from = low;
        double[] to = high;
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double[] found = from.clone();
            double here = Double.POSITIVE_INFINITY;
            int grid = round == 0 ? FIRST : GRID;
            int points = (int) Math.pow(grid + 1, from.length);
            for (int i = 0; i < points; i++) {
                double[] p = from.clone();
                for (int k = 0, rest = i; k < p.length; k++, rest /= grid + 1) {
                    p[k] += (to[k] - from[k]) * (rest % (grid + 1)) / grid;
                }
                double value = squares.at(p);
                if (value < here) {
                    here = value;
                    found = p;
                }
            }
            best = Math.min(best, here);
            // Half as wide, since the best width and the best middle depend on each other.
            double[] nextFrom = new double[from.length];
            double[] nextTo = new double[from.length];
            for (int k = 0; k < from.length; k++) {
                double half = (to[k] - from[k]) / (round == 0 ? 8 : 4);
                nextFrom[k] = Math.max(low[k], found[k] - half);
                nextTo[k] = Math.min(high[k], found[k] + half);
            }
            from = nextFrom;
            to = nextTo;
        }
        return best;
    }

    /** What the regression of y on f(x) leaves. */
    private static double left(double[] x, double[] y, DoubleUnaryOperator f) {
        int n = x.length;
        double[] z = new double[n];
        double meanZ = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            z[i] = f.applyAsDouble(x[i]);
            meanZ += z[i] / n;
            meanY += y[i] / n;
        }
        double zz = 0;
        double zy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            zz += (z[i] - meanZ) * (z[i] - meanZ);
            zy += (z[i] - meanZ) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return Math.max(0, zz > 0 ? yy - zy * zy / zz : yy);
    }
}
