package dev.loupe.execute.hypotheses;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a rule does on documents that did not make it. Precision, recall and F1 are sums over sums, so that resampled documents
 * give theirs exactly; the correlation and the area have a pseudo-value for each document (the delete-one jackknife).
 */
final class RuleScores {
    /** What is counted of a document: positions, true and false positives, false negatives, and sums of the activation. */
    private static final int N = 0;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int MISSED = 3;
    private static final int SUM = 4;
    private static final int SQUARES = 5;
    private static final int HELD_SUM = 6;
    private static final int COUNTS = 7;
    private final Firing firing;
    private final double[][] counts;
    private @Nullable LexicalRule rule;
    private double chance = Double.NaN;

    RuleScores(int documents, Firing firing) {
        this.firing = firing;
        counts = new double[documents][COUNTS];
    }

    void add(int document, boolean holds, double activation) {
        boolean fires = firing.at(activation);
        double value = firing.outward(activation);
        double[] own = counts[document];
        own[N]++;
        own[TRUE] += holds && fires ? 1 : 0;
        own[FALSE] += holds && !fires ? 1 : 0;
        own[MISSED] += !holds && fires ? 1 : 0;
        own[SUM] += value;
        own[SQUARES] += value * value;
        own[HELD_SUM] += holds ? value : 0;
    }

    RuleScores of(LexicalRule made, double edge) {
        rule = made;
        chance = edge;
        return this;
    }

    double f1() {
        double[] all = total();
        return 2 * all[TRUE] / (2 * all[TRUE] + all[FALSE] + all[MISSED]);
    }

    /** Why numbers of this neuron are undefined, in words that follow its name; none where all are defined. */
    List<String> whyUndefined() {
        if (rule == null) {
            return List.of(
                    firing.sign() == 0
                            ? firing.nowhere() + " on the documents that make its rule"
                            : "fires at fewer than " + RuleFitting.LEAST
                                    + " sampled positions of the documents that make its rule");
        }
        List<String> why = new ArrayList<>();
        double[] all = total();
        why.addAll(where("fires", all[TRUE] + all[MISSED], documents(k -> k[TRUE] + k[MISSED])));
        why.addAll(where("its rule holds", all[TRUE] + all[FALSE], documents(k -> k[TRUE] + k[FALSE])));
        if (all[TRUE] + all[FALSE] == all[N]) {
            why.add("its rule holds everywhere on the documents that test it");
        }
        return why;
    }

    private static List<String> where(String what, double times, long documents) {
        return times == 0
                ? List.of(what + " nowhere on the documents that test its rule")
                : documents == 1
                        ? List.of(what
                                + " in only one of the documents that test its rule, without which nothing is left")
                        : List.of();
    }

    private long documents(ToDoubleFunction<double[]> count) {
        return Arrays.stream(counts).filter(own -> count.applyAsDouble(own) > 0).count();
    }

    private double[] total() {
        double[] all = new double[COUNTS];
        for (double[] own : counts) {
            for (int k = 0; k < COUNTS; k++) {
                all[k] += own[k];
            }
        }
        return all;
    }

    /** The area under the curve of something that is either said or not: the mean of sensitivity and specificity. */
    static double area(double[] c) {
        double fires = c[TRUE] + c[MISSED];
        double silent = c[N] - fires;
        return (c[TRUE] / fires + (silent - c[FALSE]) / silent) / 2;
    }

    /** Pearson's r of the activation, as far as it is on its side, and whether the rule holds. */
    static double correlation(double[] c) {
        double held = c[TRUE] + c[FALSE];
        double product = c[HELD_SUM] - held * c[SUM] / c[N];
        return product / Math.sqrt(held * (1 - held / c[N]) * (c[SQUARES] - c[SUM] * c[SUM] / c[N]));
    }

    private double[] pseudoValues(ToDoubleFunction<double[]> statistic) {
        double[] all = total();
        double whole = statistic.applyAsDouble(all);
        double[] values = new double[counts.length];
        for (int d = 0; d < values.length; d++) {
            double[] rest = all.clone();
            for (int k = 0; k < COUNTS; k++) {
                rest[k] -= counts[d][k];
            }
            values[d] = values.length * whole - (values.length - 1) * statistic.applyAsDouble(rest);
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        for (int d = 0; d < values.length; d++) {
            values[d] += whole - mean;
        }
        return values;
    }

    /** One row for each document, in the order of the parts that {@code FitRules} names. */
    static RowTable table(List<Axis> axes, int documents, List<RuleScores> all) {
        int n = all.size();
        int width = NamedArray.sizeOf(axes);
        double[] numerator = new double[documents * width];
        double[] denominator = new double[numerator.length];
        for (int c = 0; c < n; c++) {
            RuleScores own = all.get(c);
            double[][][] byDocument = own.parts();
            for (int d = 0; d < documents; d++) {
                double[][] parts = byDocument[d];
                for (int part = 0; part < parts.length; part++) {
                    numerator[d * width + part * n + c] = parts[part][0];
                    denominator[d * width + part * n + c] = parts[part][1];
                }
            }
        }
        return new RowTable(axes, documents, numerator, denominator);
    }

    /** By document the parts, each as a numerator and a denominator; what is said of a rule is undefined where there is none. */
    private double[][][] parts() {
        double[] area = rule == null ? new double[0] : pseudoValues(RuleScores::area);
        double[] correlation = rule == null ? new double[0] : pseudoValues(RuleScores::correlation);
        double[] none = exact(Double.NaN);
        double[][][] parts = new double[counts.length][][];
        for (int d = 0; d < parts.length; d++) {
            double[] k = counts[d];
            double[] fires = {k[TRUE] + k[MISSED], k[N]};
            double[] edge = exact(firing.edge());
            parts[d] = rule == null
                    ? new double[][] {none, none, none, none, none, fires, none, none, none, edge}
                    : new double[][] {
                        {k[TRUE], k[TRUE] + k[FALSE]},
                        {k[TRUE], k[TRUE] + k[MISSED]},
                        {2 * k[TRUE], 2 * k[TRUE] + k[FALSE] + k[MISSED]},
                        exact(area[d]),
                        exact(correlation[d]),
                        fires,
                        {k[TRUE] + k[FALSE], k[N]},
                        exact(rule.conditions().size()),
                        exact(chance),
                        edge
                    };
        }
        return parts;
    }

    private static double[] exact(double value) {
        return Double.isNaN(value) ? new double[] {0, 0} : new double[] {value, 1};
    }
}
