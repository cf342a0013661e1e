package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether two measurements rank the same components alike: Spearman's rho, ties at their mean rank. */
@Named("rank-correlation")
@Doc("Spearman's rank correlation of two measurements with the same axes: 1 if they rank all components equally, "
        + "0 if the rankings are unrelated. Components that are undefined in either do not count.")
@Example("{rank-correlation: [by-zero, by-mean]}")
public record RankCorrelation(
        @Key("rank-correlation") @Doc("The two measurements.") @NameOf("measure")
        List<String> of) implements Expression {
    public RankCorrelation {
        of = List.copyOf(of);
        if (of.size() != 2) {
            throw new IllegalArgumentException("`rank-correlation` takes two measurements, not " + of.size());
        }
    }

    @Override
    public double value(Findings findings, int b) {
        NamedArray x = findings.get(of.get(0)).replicate(findings.resampling(), b);
        NamedArray y = findings.get(of.get(1)).replicate(findings.resampling(), b);
        if (!x.axes().equals(y.axes())) {
            throw new IllegalArgumentException("`" + of.get(0) + "` has " + NamedArray.describe(x.axes()) + ", `"
                    + of.get(1) + "` " + NamedArray.describe(y.axes()) + ": both must have the same components");
        }
        int[] kept = IntStream.range(0, x.data().length)
                .filter(i -> !Double.isNaN(x.data()[i]) && !Double.isNaN(y.data()[i]))
                .toArray();
        return spearman(x.data(), y.data(), kept);
    }

    /** Spearman's rho of the numbers that are kept; undefined where either has one value only. */
    static double spearman(double[] x, double[] y, int[] kept) {
        return correlation(ranks(x, kept), ranks(y, kept));
    }

    private static double[] ranks(double[] values, int[] kept) {
        Integer[] order = IntStream.range(0, kept.length).boxed().toArray(Integer[]::new);
        java.util.Arrays.sort(order, (a, b) -> Double.compare(values[kept[a]], values[kept[b]]));
        double[] ranks = new double[kept.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to + 1 < order.length && values[kept[order[to + 1]]] == values[kept[order[from]]]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order[i]] = (from + to) / 2.0;
            }
            from = to + 1;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double mean = (x.length - 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
    }

    @Override
    public Set<String> axes() {
        return Set.of();
    }

    @Override
    public List<String> references() {
        return of;
    }
}
