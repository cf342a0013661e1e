package dev.loupe.execute.statistics;

/**
 * A mixture of two normal distributions, fitted by expectation and maximisation from five starts that divide the values at a
 * quantile. No standard deviation is below a hundredth of that of all values, since a normal at a single value fits without end.
 *
 * @param share of the first
 * @param likelihood the logarithm of the likelihood of the values
 */
record TwoNormals(double share, double mean1, double variance1, double mean2, double variance2, double likelihood) {
    private static final double[] STARTS = {0.1, 0.25, 0.5, 0.75, 0.9};
    private static final int MOST = 400;
    private static final int TOGETHER = 10;
    /** Ten steps that gain less, in nats, end it. */
    private static final double ENOUGH = 0.01;

    /** @param sorted ascending, with some variance */
    static TwoNormals of(double[] sorted) {
        TwoNormals best = null;
        for (double start : STARTS) {
            int cut = Math.max(1, Math.min(sorted.length - 1, (int) (start * sorted.length)));
            Moments low = Moments.of(sorted, 0, cut);
            Moments high = Moments.of(sorted, cut, sorted.length);
            TwoNormals fit = new TwoNormals(
                            start, low.mean(), low.variance(), high.mean(), high.variance(), Double.NEGATIVE_INFINITY)
                    .improved(sorted);
            best = best == null || fit.likelihood > best.likelihood ? fit : best;
        }
        if (best == null) {
            throw new IllegalStateException("no starts");
        }
        return best;
    }

    /** The same from these numbers on, for values that are nearly the same. */
    TwoNormals improved(double[] values) {
        Moments all = Moments.of(values, 0, values.length);
        double floor = all.variance() * 1e-4;
        TwoNormals now = new TwoNormals(
                share, mean1, Math.max(floor, variance1), mean2, Math.max(floor, variance2), Double.NEGATIVE_INFINITY);
        for (int step = 0; step < MOST; step += TOGETHER) {
            double before = now.likelihood;
            for (int i = 0; i < TOGETHER; i++) {
                now = now.step(values, floor);
            }
            if (now.likelihood - before < ENOUGH) {
                break;
            }
        }
        return now;
    }

    /** The likelihood is that of the numbers before the step. */
    private TwoNormals step(double[] values, double floor) {
        double log1 = Math.log(share) - Math.log(variance1) / 2;
        double log2 = Math.log(1 - share) - Math.log(variance2) / 2;
        double n1 = 0;
        double sum1 = 0;
        double square1 = 0;
        double n = values.length;
        double sum = 0;
        double square = 0;
        double told = 0;
        // Logarithms of products of many factors, so that there are few of them.
        double product = 1;
        for (double x : values) {
            double a = log1 - (x - mean1) * (x - mean1) / (2 * variance1);
            double b = log2 - (x - mean2) * (x - mean2) / (2 * variance2);
            double most = Math.max(a, b);
            double odds = Math.exp(-Math.abs(a - b));
            told += most;
            product *= 1 + odds;
            if (product > 1e200) {
                told += Math.log(product);
                product = 1;
            }
            double first = (a > b ? 1 : odds) / (1 + odds);
            n1 += first;
            sum1 += first * x;
            square1 += first * x * x;
            sum += x;
            square += x * x;
        }
        double likelihood = told + Math.log(product) - n / 2 * Math.log(2 * Math.PI);
        double n2 = n - n1;
        if (n1 < 1 || n2 < 1) {
            return new TwoNormals(share, mean1, variance1, mean2, variance2, likelihood);
        }
        double m1 = sum1 / n1;
        double m2 = (sum - sum1) / n2;
        return new TwoNormals(
                n1 / n,
                m1,
                Math.max(floor, square1 / n1 - m1 * m1),
                m2,
                Math.max(floor, (square - square1) / n2 - m2 * m2),
                likelihood);
    }
}
