package dev.loupe.result;

import java.util.Arrays;

/** Quantiles of a sample. */
public final class Quantiles {
    private Quantiles() {}

    /**
     * The {@code p} quantile with linear interpolation between order statistics (Hyndman and Fan 1996, type 7). Undefined
     * numbers are left out; NaN when none is defined.
     */
    public static double of(double[] sample, double p) {
        double[] sorted =
                Arrays.stream(sample).filter(x -> !Double.isNaN(x)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        double part = at - below;
        return part == 0 ? sorted[below] : sorted[below] + part * (sorted[above] - sorted[below]);
    }

    /**
     * Whether a sample has a {@code p} quantile of its own: at least one of its {@code n} numbers belongs beyond it, so the
     * 99th percentile needs 100. What interpolation gives for fewer is the extreme, made a little smaller.
     */
    public static boolean enough(int n, double p) {
        return n * Math.min(p, 1 - p) >= 1 - 1e-9;
    }
}
