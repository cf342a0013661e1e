package dev.loupe.execute.statistics;

/**
 * The first four moments of some values, about their mean.
 *
 * @param variance over n
 * @param third mean cube of the deviations
 * @param fourth mean fourth power of the deviations
 */
record Moments(double mean, double variance, double third, double fourth) {
    static Moments of(double[] values, int from, int to) {
        double n = to - from;
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        double mean = sum / n;
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (int i = from; i < to; i++) {
            double d = values[i] - mean;
            second += d * d;
            third += d * d * d;
            fourth += d * d * d * d;
        }
        return new Moments(mean, second / n, third / n, fourth / n);
    }

    double sd() {
        return Math.sqrt(variance);
    }

    double skew() {
        return third / (variance * sd());
    }

    double kurtosis() {
        return fourth / (variance * variance);
    }
}
