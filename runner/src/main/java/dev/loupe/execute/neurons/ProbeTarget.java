package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A label at sampled positions as the target of a probe, with targets that say nothing in its place. */
final class ProbeTarget {
    private final TokenRows rows;
    private final String name;
    private final int[] row;
    private final int[] pos;
    private final boolean ordinal;
    private final double[] own;
    private final boolean[] counts;
    private final @Nullable SampledLabels flags;

    /** @param name a position class, the value of a label, or an ordinal label */
    ProbeTarget(TokenRows rows, String name, int[] row, int[] pos) {
        this.rows = rows;
        this.name = name;
        this.row = row;
        this.pos = pos;
        Label label = rows.labels().get(name);
        this.ordinal = label != null && label.kind() == Label.Kind.ORDINAL;
        this.flags = ordinal ? null : new SampledLabels(rows, name, row, pos);
        this.own = new double[row.length];
        this.counts = new boolean[row.length];
        boolean[] has = flags == null ? new boolean[0] : flags.own();
        boolean[] out = flags == null ? new boolean[0] : flags.leftOut();
        for (int i = 0; i < own.length; i++) {
            int value = label == null || !ordinal ? 0 : label.values()[row[i]][pos[i]];
            counts[i] = ordinal ? value >= 0 : !out[i];
            own[i] = ordinal ? Math.max(0, value) : has[i] ? 1 : 0;
        }
    }

    boolean ordinal() {
        return ordinal;
    }

    /** Whether a position has the label or lacks it, and is not left out. */
    boolean counts(int i) {
        return counts[i];
    }

    double[] own() {
        return own;
    }

    String name() {
        return name;
    }

    /** Whether each position has the label, or for an ordinal a number above 0. */
    boolean[] positive() {
        boolean[] positive = new boolean[own.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = counts[i] && own[i] > 0;
        }
        return positive;
    }

    /** The label moved inside its documents, or exchanged between documents. */
    double[] moved(SplittableRandom random) {
        if (flags != null) {
            boolean[] has = flags.moved(random);
            double[] out = new double[has.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = has[i] ? 1 : 0;
            }
            return out;
        }
        return rotated(random);
    }

    /** An ordinal's values, shifted around inside each document by sampled position. */
    private double[] rotated(SplittableRandom random) {
        Map<Integer, List<Integer>> byDocument = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            if (counts[i]) {
                byDocument
                        .computeIfAbsent(rows.document(row[i]), k -> new ArrayList<>())
                        .add(i);
            }
        }
        double[] out = own.clone();
        for (List<Integer> document : byDocument.values()) {
            int shift = document.size() < 2 ? 0 : 1 + random.nextInt(document.size() - 1);
            for (int i = 0; i < document.size(); i++) {
                out[document.get(i)] = own[document.get((i + shift) % document.size())];
            }
        }
        return out;
    }

    /**
     * A task that only tokens decide: each token id has a value at random, drawn among the label's own values at positions that
     * count, so that it is as often positive as the label.
     */
    double[] controlTask(SplittableRandom random) {
        double[] drawn = own.clone();
        int[] open = IntStream.range(0, own.length).filter(i -> counts[i]).toArray();
        if (open.length == 0) {
            return drawn;
        }
        Map<Integer, Double> values = new HashMap<>();
        TreeSet<Integer> tokens = new TreeSet<>();
        for (int i = 0; i < row.length; i++) {
            tokens.add(rows.tokens()[row[i]][pos[i]]);
        }
        tokens.forEach(token -> values.put(token, own[open[random.nextInt(open.length)]]));
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values.getOrDefault(rows.tokens()[row[i]][pos[i]], 0.0);
        }
        return drawn;
    }

    /** What tokens alone tell: the score of a classifier of the last two, or of the mean of each token for an ordinal. */
    double tokens(int[] train, int[] test) {
        if (flags != null) {
            return TokenBaseline.area(rows, row, pos, flags.own(), Strata.one(train), Strata.one(test));
        }
        double mean = Arrays.stream(train).mapToDouble(i -> own[i]).average().orElse(0);
        Map<Integer, double[]> sums = new HashMap<>();
        for (int i : train) {
            double[] sum = sums.computeIfAbsent(rows.tokens()[row[i]][pos[i]], k -> new double[2]);
            sum[0] += own[i];
            sum[1]++;
        }
        double[] said = Arrays.stream(test)
                .mapToDouble(i -> {
                    double[] sum = sums.getOrDefault(rows.tokens()[row[i]][pos[i]], new double[] {mean, 1});
                    return sum[0] / sum[1];
                })
                .toArray();
        return ProbeScore.of(true, said, own, test);
    }
}
