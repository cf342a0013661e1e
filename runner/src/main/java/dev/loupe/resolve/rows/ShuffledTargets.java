package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Rows whose labels point elsewhere, at random: a null for attention to what they point to. */
final class ShuffledTargets {
    /** Exchanges for each query, after which its first target is forgotten. */
    private static final int EXCHANGES = 20;

    private ShuffledTargets() {}

    /**
     * @param ofOtherRows whether a row gets the targets of another row of its length; else its own in another order, in which
     *     no query points behind itself that did not before
     */
    static RowSet of(RowSet set, long seed, boolean ofOtherRows) {
        TokenRows rows = set.rows();
        Map<String, Label> labels = new LinkedHashMap<>();
        rows.labels().forEach((name, label) -> {
            boolean points = label.kind() == Label.Kind.POINTER;
            SplittableRandom random = new SplittableRandom(seed);
            labels.put(
                    name,
                    !points ? label : ofOtherRows ? exchanged(label, set.order(), random) : reordered(label, random));
        });
        TokenRows shuffled = new TokenRows(
                rows.tokens(),
                rows.targets(),
                rows.classes(),
                rows.positions(),
                rows.columns(),
                rows.sets(),
                labels,
                rows.documents());
        RowsRef ref = set.ref();
        String how = (ofOtherRows ? "/targets-of-others-" : "/targets-") + seed;
        RowsRef named = new RowsRef(
                ref.name() + " (targets shuffled, seed " + seed + ")",
                ref.identity() + how,
                ref.alignment(),
                ref.buckets());
        return new RowSet(named, shuffled, set.order(), set.text());
    }

    /** Two queries of a row exchange their targets, many times, where each still lies at or before its query. */
    private static Label reordered(Label label, SplittableRandom random) {
        int[][] values = new int[label.values().length][];
        for (int r = 0; r < values.length; r++) {
            int[] row = label.values()[r].clone();
            List<Integer> queries = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                if (row[i] >= 0) {
                    queries.add(i);
                }
            }
            for (int n = 0; n < EXCHANGES * queries.size(); n++) {
                int a = queries.get(random.nextInt(queries.size()));
                int b = queries.get(random.nextInt(queries.size()));
                if (row[a] <= b && row[b] <= a) {
                    int swap = row[a];
                    row[a] = row[b];
                    row[b] = swap;
                }
            }
            values[r] = row;
        }
        return Label.pointer(values);
    }

    /** Rows of equal length in a random cycle (Sattolo 1986), so that none keeps its own targets unless it is alone. */
    private static Label exchanged(Label label, List<int[]> buckets, SplittableRandom random) {
        int[] from = new int[label.values().length];
        for (int[] bucket : buckets) {
            int[] cycle = bucket.clone();
            for (int i = cycle.length - 1; i > 0; i--) {
                int j = random.nextInt(i);
                int swap = cycle[i];
                cycle[i] = cycle[j];
                cycle[j] = swap;
            }
            for (int i = 0; i < bucket.length; i++) {
                from[bucket[i]] = cycle[i];
            }
        }
        return label.rows(from);
    }
}
