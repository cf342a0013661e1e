package dev.loupe.execute.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The least squares of {@code a + b / (1 + exp(-(x - m) / s))}. For given m and s the best a and b follow from a regression, so only m and
 * s are searched: from a grid with a middle at and between all points and widths from a step to a line, every minimum of it is followed by
 * Levenberg's and Marquardt's method with the regression's part projected out (Kaufman 1975). Nothing is drawn: equal curves have equal
 * fits.
 */
final class LogisticFit {
    private static final int WIDTHS = 8;

    /** How many minima of the grid are followed, the lowest first. */
    private static final int FOLLOWED = 6;

    private static final int ROUNDS = 60;

    /** A gain below this share of the squares ends the search. */
    private static final double SMALL = 1e-10;

    /** So many widths from its middle a logistic function is level in double precision. */
    private static final double LEVEL = 36;

    private final double[] x;
    private final double[] y;
    private final double range;
    private final double nearest;

    /**
     * @param x rising
     * @param y without its mean
     */
    LogisticFit(double[] x, double[] y) {
        this.x = x;
        this.y = y;
        this.range = x[x.length - 1] - x[0];
        this.nearest = IntStream.range(1, x.length)
                .mapToDouble(i -> x[i] - x[i - 1])
                .min()
                .orElse(range);
    }

    private record Start(double middle, double logWidth, double squares) {}

    double least() {
        List<Start> starts = starts();
        double least = Double.POSITIVE_INFINITY;
        for (Start start : starts.subList(0, Math.min(FOLLOWED, starts.size()))) {
            least = Math.min(least, followed(start));
        }
        return least;
    }

    /** The minima of the grid, the lowest first. */
    private List<Start> starts() {
        int n = x.length;
        double[] middles = DoubleStream.concat(
                        DoubleStream.concat(
                                DoubleStream.of(x), IntStream.range(1, n).mapToDouble(i -> (x[i] + x[i - 1]) / 2)),
                        DoubleStream.of(x[0] - range / 2, x[0] - range / 8, x[n - 1] + range / 8, x[n - 1] + range / 2))
                .sorted()
                .toArray();
        double narrowest = Math.log(nearest / 4);
        double step = (Math.log(range) - narrowest) / (WIDTHS - 1);
        Start[][] grid = new Start[middles.length][WIDTHS];
        for (int i = 0; i < middles.length; i++) {
            for (int k = 0; k < WIDTHS; k++) {
                double logWidth = narrowest + k * step;
                grid[i][k] = new Start(middles[i], logWidth, Regression.squares(form(middles[i], logWidth), y));
            }
        }
        List<Start> minima = new ArrayList<>();
        for (int i = 0; i < middles.length; i++) {
            for (int k = 0; k < WIDTHS; k++) {
                if (lowest(grid, i, k)) {
                    minima.add(grid[i][k]);
                }
            }
        }
        minima.sort(Comparator.comparingDouble(Start::squares));
        return minima;
    }

    private static boolean lowest(Start[][] grid, int i, int k) {
        double here = grid[i][k].squares();
        return (i == 0 || here <= grid[i - 1][k].squares())
                && (i == grid.length - 1 || here <= grid[i + 1][k].squares())
                && (k == 0 || here <= grid[i][k - 1].squares())
                && (k == WIDTHS - 1 || here <= grid[i][k + 1].squares());
    }

    /** Levenberg and Marquardt: steps between those of Gauss and Newton and those along the gradient, each of which must gain. */
    private double followed(Start start) {
        double middle = start.middle();
        double logWidth = start.logWidth();
        double damping = 1e-3;
        Regression here = Regression.of(form(middle, logWidth), y);
        for (int round = 0; round < ROUNDS && !limit(middle, logWidth); round++) {
            double width = Math.exp(logWidth);
            double[] toMiddle = new double[x.length];
            double[] toWidth = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double u = (x[i] - middle) / width;
                double slope = here.slope() * density(u);
                toMiddle[i] = slope / width;
                toWidth[i] = slope * u;
            }
            toMiddle = here.rest(toMiddle);
            toWidth = here.rest(toWidth);
            double mm = Regression.dot(toMiddle, toMiddle);
            double mw = Regression.dot(toMiddle, toWidth);
            double ww = Regression.dot(toWidth, toWidth);
            double gm = -Regression.dot(toMiddle, here.left());
            double gw = -Regression.dot(toWidth, here.left());
            boolean gained = false;
            while (!gained && damping < 1e12) {
                double a = mm * (1 + damping);
                double b = ww * (1 + damping);
                double determinant = a * b - mw * mw;
                double nextMiddle = middle + (b * gm - mw * gw) / determinant;
                double nextWidth = logWidth + (a * gw - mw * gm) / determinant;
                Regression next = Regression.of(form(nextMiddle, nextWidth), y);
                gained = next.squares() < here.squares();
                if (gained) {
                    double gain = here.squares() - next.squares();
                    here = next;
                    middle = nextMiddle;
                    logWidth = nextWidth;
                    damping = Math.max(damping / 10, 1e-12);
                    if (gain < SMALL * here.squares()) {
                        return here.squares();
                    }
                } else {
                    damping *= 10;
                }
            }
            if (!gained) {
                return here.squares();
            }
        }
        return here.squares();
    }

    /** Whether the search is on its way to a step or to a power law, whose squares are known without it. */
    private boolean limit(double middle, double logWidth) {
        return logWidth < Math.log(nearest / 40) || middle < x[0] - 20 * range || middle > x[x.length - 1] + 20 * range;
    }

    /** The form without a and b, measured from the level that is nearer to the points' middle, so that small differences stay exact. */
    private double[] form(double middle, double logWidth) {
        double width = Math.exp(logWidth);
        boolean late = middle > (x[0] + x[x.length - 1]) / 2;
        double[] form = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double u = (x[i] - middle) / width;
            form[i] = late ? logistic(u) : -logistic(-u);
        }
        return form;
    }

    private static double logistic(double u) {
        double small = Math.abs(u) > LEVEL ? 0 : 1 / (1 + Math.exp(Math.abs(u)));
        return u < 0 ? small : 1 - small;
    }

    /** The derivative of the logistic function. */
    private static double density(double u) {
        double small = Math.exp(-Math.abs(u));
        return small / ((1 + small) * (1 + small));
    }
}
