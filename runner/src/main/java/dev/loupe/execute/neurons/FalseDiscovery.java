package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Adjusted p-values that control the false discovery rate (Benjamini and Hochberg 1995). */
final class FalseDiscovery {
    private FalseDiscovery() {}

    /** The smallest rate at which each would pass; NaN where p is. Those that are undefined are no tests. */
    static double[] adjusted(double[] p) {
        double[] q = new double[p.length];
        Arrays.fill(q, Double.NaN);
        int[] order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted((a, b) -> Double.compare(p[a], p[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double least = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, p[i] * order.length / rank);
            q[i] = least;
        }
        return q;
    }
}
