package dev.loupe.execute.statistics;

import dev.loupe.plan.ask.DistributionPart;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statistics of one quantity at some positions. Where it never changes only its mean, sd and share above 0 are defined. */
final class ValueDistribution {
    private final double[] sorted;
    private final NormalQuantiles normal;
    private final Moments moments;
    private final @Nullable TwoNormals like;
    private @Nullable TwoNormals fitted;

    /**
     * @param sorted ascending
     * @param like nearly the same values, whose fit is near; null without one
     */
    ValueDistribution(double[] sorted, NormalQuantiles normal, @Nullable ValueDistribution like) {
        this.sorted = sorted;
        this.normal = normal;
        this.moments = Moments.of(sorted, 0, sorted.length);
        this.like = like == null ? null : like.fitted;
    }

    double[] of(List<DistributionPart> parts) {
        return parts.stream().mapToDouble(this::of).toArray();
    }

    private double of(DistributionPart part) {
        if (!(moments.variance() > 0)) {
            return switch (part) {
                case MEAN -> moments.mean();
                case SD -> 0;
                case POSITIVE -> positive();
                default -> Double.NaN;
            };
        }
        return switch (part) {
            case MEAN -> moments.mean();
            case SD -> moments.sd();
            case SKEW -> moments.skew();
            case EXCESS_KURTOSIS -> moments.kurtosis() - 3;
            case POSITIVE -> positive();
            case BEYOND_4 -> share(4);
            case HILL -> hill();
            case KS_NORMAL -> kolmogorov();
            case QQ_R2 -> straight();
            case DIP -> Dip.of(sorted);
            case SARLE -> (moments.skew() * moments.skew() + 1) / moments.kurtosis();
            case MIXTURE_BIC -> mixture();
        };
    }

    private double positive() {
        int at = 0;
        while (at < sorted.length && sorted[at] <= 0) {
            at++;
        }
        return (sorted.length - at) / (double) sorted.length;
    }

    private double share(double deviations) {
        double limit = deviations * moments.sd();
        return Arrays.stream(sorted)
                        .filter(x -> Math.abs(x - moments.mean()) > limit)
                        .count()
                / (double) sorted.length;
    }

    /** Hill (1975): one over the mean log of the largest deviations over the largest one that is not among them. */
    private double hill() {
        int tail = sorted.length / 100;
        if (tail < 10) {
            return Double.NaN;
        }
        double[] deviations = Arrays.stream(sorted)
                .map(x -> Math.abs(x - moments.mean()))
                .sorted()
                .toArray();
        double edge = deviations[deviations.length - 1 - tail];
        double sum = 0;
        for (int i = deviations.length - tail; i < deviations.length; i++) {
            sum += Math.log(deviations[i] / edge);
        }
        return sum == 0 ? Double.NaN : tail / sum;
    }

    private double kolmogorov() {
        double n = sorted.length;
        double most = 0;
        for (int i = 0; i < sorted.length; i++) {
            double below = Normal.cdf((sorted[i] - moments.mean()) / moments.sd());
            most = Math.max(most, Math.max((i + 1) / n - below, below - i / n));
        }
        return most;
    }

    /** The squared correlation with the normal quantiles at (i - 1/2) / n. */
    private double straight() {
        double[] line = normal.of(sorted.length);
        double both = 0;
        double square = 0;
        for (int i = 0; i < sorted.length; i++) {
            both += line[i] * (sorted[i] - moments.mean());
            square += line[i] * line[i];
        }
        return both * both / (square * moments.variance() * sorted.length);
    }

    /** A normal has two numbers to fit, two of them five: BIC = numbers log n - 2 log likelihood. */
    private double mixture() {
        double n = sorted.length;
        double one = -n / 2 * (Math.log(2 * Math.PI * moments.variance()) + 1);
        TwoNormals two = like == null ? TwoNormals.of(sorted) : like.improved(sorted);
        fitted = two;
        return ((2 - 5) * Math.log(n) + 2 * (two.likelihood() - one)) / n;
    }
}
