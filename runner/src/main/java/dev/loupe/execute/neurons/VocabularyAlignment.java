package dev.loupe.execute.neurons;

import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.sampled.Attribution;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.neurons.AlignVocabulary;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;

/** The arithmetic of {@link AlignVocabulary}: row k of the table is the k-th example of every neuron. */
final class VocabularyAlignment {
    /** Fewer examples whose next token counts tell nothing. */
    private static final int LEAST = 5;

    private final AlignVocabulary step;
    private final TokenRows rows;
    private final FollowingTokens following;
    private final WeightAccess weights;
    private final StopSignal stop;

    VocabularyAlignment(AlignVocabulary step, TokenRows rows, WeightAccess weights, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.following = FollowingTokens.of(rows, step.minCount());
        this.weights = weights;
        this.stop = stop;
    }

    RowTable of(List<Occurrence> examples) {
        ComponentKind kind = step.neurons().get(0).kind();
        int n = step.neurons().size();
        int width = AlignVocabulary.PART.size() * n;
        double[] numerator = new double[step.top() * width];
        double[] denominator = new double[numerator.length];
        // [neuron][example]: the place of the token that follows, -1 where it does not count.
        int[][] next = new int[n][step.top()];
        for (int[] each : next) {
            Arrays.fill(each, -1);
        }
        for (Occurrence example : examples) {
            next[example.component()][example.place()] = following.place(rows, example.row(), example.pos());
        }
        for (int layer : step.neurons().stream()
                .mapToInt(name -> name.layer())
                .distinct()
                .toArray()) {
            stop.check();
            double[][] percentile = Attribution.of(weights, kind, layer, new int[0], following.tokens());
            for (int i = 0; i < percentile.length; i++) {
                percentile[i] = RankOrder.percentiles(percentile[i]);
            }
            for (int c = 0; c < n; c++) {
                if (step.neurons().get(c).layer() == layer) {
                    align(c, step.neurons().get(c).neuron(), next[c], percentile, numerator, denominator);
                }
            }
        }
        return new RowTable(step.axes(), step.top(), numerator, denominator);
    }

    private void align(
            int component, int own, int[] next, double[][] percentile, double[] numerator, double[] denominator) {
        int counted = (int) Arrays.stream(next).filter(place -> place >= 0).count();
        if (counted < LEAST || percentile.length < 2) {
            return;
        }
        int n = step.neurons().size();
        double ownMean = mean(percentile[own], next);
        int above = 0;
        for (int other = 0; other < percentile.length; other++) {
            above += other != own && mean(percentile[other], next) >= ownMean ? 1 : 0;
        }
        double p = (1.0 + above) / percentile.length;
        for (int k = 0; k < next.length; k++) {
            if (next[k] >= 0) {
                double others = 0;
                for (int other = 0; other < percentile.length; other++) {
                    others += other == own ? 0 : percentile[other][next[k]] / (percentile.length - 1);
                }
                double mine = percentile[own][next[k]];
                double[] parts = {mine, others, mine - others, p};
                for (int part = 0; part < parts.length; part++) {
                    int at = (k * parts.length + part) * n + component;
                    numerator[at] = parts[part];
                    denominator[at] = 1;
                }
            }
        }
    }

    private static double mean(double[] percentile, int[] next) {
        return Arrays.stream(next)
                .filter(place -> place >= 0)
                .mapToDouble(place -> percentile[place])
                .average()
                .orElse(Double.NaN);
    }
}
