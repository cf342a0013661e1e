package dev.loupe.execute.step;

/** The squares that a sudden step leaves: one mean before it, another after it, and perhaps one point on its way. */
final class StepFit {
    private final double[] sums;
    private final double[] squares;
    private final int n;

    /** @param y without its mean, so that small differences stay exact */
    StepFit(double[] y) {
        n = y.length;
        sums = new double[n + 1];
        squares = new double[n + 1];
        for (int i = 0; i < n; i++) {
            sums[i + 1] = sums[i] + y[i];
            squares[i + 1] = squares[i] + y[i] * y[i];
        }
    }

    /** The best step anywhere: the limit of a logistic function that becomes ever narrower. */
    double anywhere() {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k < n; k++) {
            least = Math.min(least, around(0, k) + around(k, n));
            if (k + 1 < n && between(k)) {
                least = Math.min(least, around(0, k) + around(k + 1, n));
            }
        }
        return least;
    }

    /** The best step before the last point or after the first: the limit of a power law whose exponent goes to infinity. */
    double atAnEnd() {
        return Math.min(around(0, n - 1), around(1, n));
    }

    /** Whether a point lies between the means of those before it and of those after it, so that a slope can pass through it. */
    private boolean between(int k) {
        double before = sums[k] / k;
        double after = (sums[n] - sums[k + 1]) / (n - k - 1);
        double here = sums[k + 1] - sums[k];
        return Math.min(before, after) <= here && here <= Math.max(before, after);
    }

    /** The squares around their mean of the points from one (included) to another (excluded). */
    private double around(int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
    }
}
