package dev.loupe.execute.step;

import java.util.Arrays;

/**
 * The least squares of {@code a + b t^c}. For a given c the best a and b follow from a regression, so only c is searched: over a grid that
 * reaches from a straight line in log t to a change between the outermost two points, then around each minimum of the grid.
 */
final class PowerFit {
    /** Exponents of either sign on the grid. */
    private static final int GRID = 24;

    /** With this many e-foldings between two points, the change is all but a step. */
    private static final double STEEP = 30;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int ROUNDS = 60;

    private PowerFit() {}

    /**
     * @param x the logarithm of t, rising
     * @param y without its mean
     */
    static double least(double[] x, double[] y) {
        int n = x.length;
        double range = x[n - 1] - x[0];
        double[] grid = new double[2 * GRID + 1];
        double first = 0.01 / range;
        double factor = Math.pow(STEEP / Math.min(x[1] - x[0], x[n - 1] - x[n - 2]) / first, 1.0 / (GRID - 1));
        for (int i = 1; i <= GRID; i++) {
            grid[GRID + i] = first * Math.pow(factor, i - 1);
            grid[GRID - i] = -grid[GRID + i];
        }
        double[] at = Arrays.stream(grid).map(c -> squares(x, y, c)).toArray();
        double least = Arrays.stream(at).min().orElse(Double.POSITIVE_INFINITY);
        for (int i = 1; i < grid.length - 1; i++) {
            if (at[i] <= at[i - 1] && at[i] <= at[i + 1]) {
                least = Math.min(least, between(x, y, grid[i - 1], grid[i + 1]));
            }
        }
        return least;
    }

    /** The minimum between two exponents, by golden section. */
    private static double between(double[] x, double[] y, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = squares(x, y, left);
        double atRight = squares(x, y, right);
        for (int round = 0; round < ROUNDS && high - low > 1e-7 * (to - from); round++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = squares(x, y, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = squares(x, y, right);
            }
        }
        return Math.min(atLeft, atRight);
    }

    /** Measured from the end at which the power is largest, so that it never overflows; around c = 0 it is a line in x. */
    private static double squares(double[] x, double[] y, double c) {
        double from = c > 0 ? x[x.length - 1] : x[0];
        double[] power = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            power[i] = c == 0 ? x[i] : Math.expm1(c * (x[i] - from)) / c;
        }
        return Regression.of(power, y).squares();
    }
}
