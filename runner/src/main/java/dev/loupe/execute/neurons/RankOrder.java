package dev.loupe.execute.neurons;

import java.util.Arrays;

/** Ranks of numbers, equal ones at their mean rank, 1 for the smallest. */
final class RankOrder {
    private RankOrder() {}

    static double[] of(double[] values) {
        double[] sorted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            sorted[i] = values[i] + 0.0; // -0.0 is 0.0
        }
        Arrays.sort(sorted);
        double[] rank = new double[sorted.length];
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to + 1 < sorted.length && sorted[to + 1] == sorted[from]) {
                to++;
            }
            Arrays.fill(rank, from, to + 1, (from + to) / 2.0 + 1);
            from = to + 1;
        }
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = rank[Arrays.binarySearch(sorted, values[i] + 0.0)];
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
