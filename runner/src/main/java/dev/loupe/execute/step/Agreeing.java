package dev.loupe.execute.step;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How estimates agree with exact values, over the cells that have both. */
public final class Agreeing {
    private Agreeing() {}

    /**
     * @param both [value, cells...]
     * @param axis cells run; Spearman's rank correlation of signed values; the share of equal signs; the share of the {@code
     *     top} largest exact magnitudes that are among the {@code top} largest estimates, undefined unless more were run
     */
    public static NamedArray of(NamedArray both, Axis axis, int top) {
        double[] estimate = both.at("value", 0).data();
        double[] exact = both.at("value", 1).data();
        int[] run = IntStream.range(0, exact.length)
                .filter(i -> !Double.isNaN(exact[i]) && !Double.isNaN(estimate[i]))
                .toArray();
        double[] a = IntStream.of(run).mapToDouble(i -> estimate[i]).toArray();
        double[] b = IntStream.of(run).mapToDouble(i -> exact[i]).toArray();
        long equal = IntStream.range(0, a.length)
                .filter(i -> Math.signum(a[i]) == Math.signum(b[i]))
                .count();
        Set<Integer> shared = new HashSet<>(largest(a, top));
        shared.retainAll(largest(b, top));
        return new NamedArray(List.of(axis), new double[] {
            run.length,
            correlation(ranks(a), ranks(b)),
            run.length == 0 ? Double.NaN : (double) equal / run.length,
            run.length > top ? (double) shared.size() / top : Double.NaN
        });
    }

    private static List<Integer> largest(double[] values, int top) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
                .limit(top)
                .toList();
    }

    /** Ranks, equal values sharing the mean of theirs. */
    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            for (double other : values) {
                ranks[i] += other < values[i] ? 1 : other == values[i] ? .5 : 0;
            }
        }
        return ranks;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA =
                IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElse(0);
        double meanB =
                IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
    }
}
