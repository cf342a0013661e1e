package dev.loupe.execute.step;

import dev.loupe.execute.edit.RankedComponents;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.plan.values.RankingOverlap;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The arithmetic of {@link RankingOverlap}. */
public final class Overlapping {
    private Overlapping() {}

    public static NamedArray of(RankingOverlap step, Map<Integer, StepValue> done) {
        int counts = step.k().size();
        int half = step.rankings().size() * counts;
        double[] values = new double[2 * half];
        RankedComponents ranked = new RankedComponents(done);
        for (int by = 0; by < step.rankings().size(); by++) {
            RowTable table = ((StepValue.Table) java.util.Objects.requireNonNull(
                            done.get(step.rankings().get(by).step())))
                    .table();
            for (int i = 0; i < counts; i++) {
                int k = step.k().get(i);
                List<BitSet> sets = new ArrayList<>();
                for (int row = 0; row < table.rows(); row++) {
                    BitSet set = new BitSet(step.components());
                    for (int c : ranked.chosen(new TopRanked(step.rankings().get(by), 0, k), row, step.components())) {
                        set.set(c);
                    }
                    sets.add(set);
                }
                values[by * counts + i] = jaccard(sets);
                values[half + by * counts + i] = chance(k, step.components());
            }
        }
        return new NamedArray(step.axes(), values);
    }

    /** Mean over all pairs; undefined where there is none. */
    public static double jaccard(List<BitSet> sets) {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < sets.size(); a++) {
            for (int b = 0; b < a; b++) {
                BitSet both = (BitSet) sets.get(a).clone();
                both.and(sets.get(b));
                int shared = both.cardinality();
                sum += (double) shared
                        / (sets.get(a).cardinality() + sets.get(b).cardinality() - shared);
                pairs++;
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }

    /** Expected Jaccard index of two independent random choices of k of n: shared components are hypergeometric. */
    public static double chance(int k, int n) {
        double expected = 0;
        for (int shared = Math.max(0, 2 * k - n); shared <= k; shared++) {
            double log = choose(k, shared) + choose(n - k, k - shared) - choose(n, k);
            expected += Math.exp(log) * shared / (2.0 * k - shared);
        }
        return expected;
    }

    /** Logarithm of the binomial coefficient. */
    private static double choose(int n, int k) {
        double log = 0;
        for (int i = 1; i <= k; i++) {
            log += Math.log(n - k + i) - Math.log(i);
        }
        return log;
    }
}
