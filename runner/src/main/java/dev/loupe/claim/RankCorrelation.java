package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether two measurements rank the same components alike: Spearman's rho, ties at their mean rank. */
@Named("rank-correlation")
@Doc("Spearman's rank correlation of two measurements with the same axes: 1 if they rank all components equally, "
        + "0 if the rankings are unrelated. Components that are undefined in either do not count.")
@Example("{rank-correlation: [by-zero, by-mean]}")
public record RankCorrelation(
        @Key("rank-correlation") @Doc("The two measurements.") @NameOf("measure")
        List<String> of,

        @Default("{}") @Doc("Labels by axis, of both measurements.")
        Map<String, String> where)
        implements Expression {
    public RankCorrelation {
        of = PairedComponents.two(of, "rank-correlation");
    }

    @Override
    public double value(Findings findings, int b) {
        PairedComponents pairs = PairedComponents.of(of, where, findings, b);
        return spearman(pairs);
    }

    /** Spearman's rho; undefined where either has one value only. */
    static double spearman(PairedComponents pairs) {
        return PairedComponents.correlation(ranks(pairs.x()), ranks(pairs.y()));
    }

    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order[i]] = (from + to) / 2.0;
            }
            from = to + 1;
        }
        return ranks;
    }

    @Override
    public Set<String> axes() {
        return where.keySet();
    }

    @Override
    public List<String> references() {
        return of;
    }
}
