package dev.loupe.execute.statistics;

import dev.loupe.result.Quantiles;
import java.util.Arrays;

/** Where chance ends. */
public final class ChanceEdge {
    private ChanceEdge() {}

    /** The 99th percentile of draws, or the largest of fewer than 100. */
    public static double of(double[] draws) {
        return draws.length < 100 ? Arrays.stream(draws).max().orElse(Double.NaN) : Quantiles.of(draws, .99);
    }
}
