package dev.loupe.execute.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Normal quantiles at (i - 1/2) / n, which all quantities at equally many positions share. */
final class NormalQuantiles {
    private final Map<Integer, double[]> known = new ConcurrentHashMap<>();

    double[] of(int n) {
        return known.computeIfAbsent(
                n,
                k -> IntStream.range(0, k)
                        .mapToDouble(i -> Normal.quantile((i + 0.5) / k))
                        .toArray());
    }
}
