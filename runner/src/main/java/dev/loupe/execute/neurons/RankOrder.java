package dev.loupe.execute.neurons;

import java.util.stream.IntStream;

/** Ranks of numbers, equal ones at their mean rank, 1 for the smallest. */
final class RankOrder {
    private RankOrder() {}

    static double[] of(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order[i]] = (from + to) / 2.0 + 1;
            }
            from = to + 1;
        }
        return ranks;
    }

    /** The share of numbers below each, ties half and each half of itself: 0 to 1. */
    static double[] percentiles(double[] values) {
        double[] ranks = of(values);
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = (ranks[i] - 0.5) / ranks.length;
        }
        return ranks;
    }

    /** Spearman's rho; NaN where either side has one value only. */
    static double correlation(double[] left, double[] right) {
        double[] a = of(left);
        double[] b = of(right);
        double middle = (a.length + 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
    }
}
