package dev.loupe.execute.step;

import java.util.Arrays;

/**
 * The least squares that two forms of a curve leave, over all values of their parameters.
 *
 * @param logistic what {@code a + b / (1 + exp(-(x - m) / s))} leaves, x the logarithm of the step
 * @param power what {@code a + b t^c} leaves, x the logarithm of t
 * @param points how many points the curve has
 * @param range between its smallest and its largest number
 */
record CurveFit(double logistic, double power, int points, double range) {
    private static final int LOGISTIC_PARAMETERS = 4;
    private static final int POWER_PARAMETERS = 3;

    /** A fit counts as no better than this share of the range at each point, so that a perfect one is not infinitely good. */
    private static final double FINEST = 1e-6;

    /**
     * Both fits of a curve. The least squares may be a limit that no parameters reach: a logistic function whose width goes to 0 is a
     * step, and one whose middle goes to infinity is a power law, so that it never fits worse than one.
     *
     * @param x rising
     */
    static CurveFit of(double[] x, double[] y) {
        double[] centred = Regression.centred(y);
        StepFit steps = new StepFit(centred);
        double power = Math.min(PowerFit.least(x, centred), steps.atAnEnd());
        double logistic = Math.min(new LogisticFit(x, centred).least(), Math.min(power, steps.anywhere()));
        double range = Arrays.stream(y).max().orElse(0) - Arrays.stream(y).min().orElse(0);
        return new CurveFit(logistic, power, y.length, range);
    }

    /** The Bayesian information criterion of the power law minus the criterion of the logistic function. */
    double deltaBic() {
        return bic(power, POWER_PARAMETERS) - bic(logistic, LOGISTIC_PARAMETERS);
    }

    private double bic(double squares, int parameters) {
        double mean = Math.max(squares / points, FINEST * FINEST * range * range);
        return points * Math.log(mean) + parameters * Math.log(points);
    }
}
