package dev.loupe.execute.statistics;

/** The standard normal distribution. */
final class Normal {
    private static final double ROOT_2_PI = Math.sqrt(2 * Math.PI);

    private Normal() {}

    /** The probability of a value below {@code x}, by its power series (Marsaglia 2004); absolute error below 1e-14. */
    static double cdf(double x) {
        if (Math.abs(x) > 8) {
            return x > 0 ? 1 : 0;
        }
        double sum = x;
        double term = x;
        double before = Double.NaN;
        for (int i = 3; sum != before; i += 2) {
            before = sum;
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / ROOT_2_PI;
    }

    /** The value below which a share {@code p} lies, 0 to 1 exclusive, by bisection. */
    static double quantile(double p) {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (cdf(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
