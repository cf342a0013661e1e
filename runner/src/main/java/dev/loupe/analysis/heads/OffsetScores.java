package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RotaryPairs;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention scores as a function of how far back a key is. Rotary positions (Su et al. 2021) turn each pair of dimensions f
 * by w_f for each position, so a query and a key that are the same everywhere score
 * {@code sum_f |q_f| |k_f| cos(w_f d + angle(q_f) - angle(k_f)) / attention scale} at offset d. The mean query and the mean
 * key of a dataset stand for such a query and key; how much of the true scores they explain is a part of its own.
 */
@Named("offset-scores")
@Doc("Attention scores of every head by how far back the key is, and how much of them rotary positions alone explain.")
@Example("{offset-scores: score, farthest: 8}")
public record OffsetScores(
        @Key("offset-scores") @Doc("What is shown.") Part part,

        @Default("8") @Doc("The largest offset that is shown. `explained` and `spread` use every offset of the rows.")
        int farthest)
        implements HeadAnalysis {

    /** What is shown. */
    public enum Part {
        @Doc("The score of the mean query with the mean key at each offset.")
        SCORE("attention score", Figure.LINES, true),
        @Doc("The same for each pair of dimensions apart; `rest` is what is not turned. They sum to `score`.")
        BY_PAIR("attention score", Figure.LINES, true),
        @Doc("The largest score that each pair of dimensions can reach: |q_f| |k_f| / attention scale.")
        AMPLITUDE("attention score", Figure.BARS, true),
        @Doc(
                "The angle from the mean key to the mean query in each pair of dimensions, at offset 0. A pair of frequency w "
                        + "reaches its amplitude at offset -angle / w.")
        PHASE("radians", Figure.BARS, true),
        @Doc("The mean of the true scores at each offset, for models with any kind of positions.")
        MEAN_SCORE("attention score", Figure.LINES, false),
        @Doc(
                "The share of the variance of the true scores that `score` explains: 1 less the mean squared difference over "
                        + "the variance, over all rows, queries and keys.")
        EXPLAINED("share of variance", Figure.AUTO, true),
        @Doc(
                "The standard deviation of the true scores at one offset, over rows and positions, pooled over offsets: what "
                        + "depends on the tokens.")
        SPREAD("attention score", Figure.AUTO, false);

        private final String unit;
        private final Figure figure;
        private final boolean rotary;

        Part(String unit, Figure figure, boolean rotary) {
            this.unit = unit;
            this.figure = figure;
            this.rotary = rotary;
        }
    }

    public OffsetScores {
        if (farthest < 0 || farthest > 512) {
            throw new IllegalArgumentException("`farthest` is 0 to 512, not " + farthest);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        RowsRef rows = planning.rows(planning.on());
        if (farthest >= rows.longest()) {
            throw new IllegalArgumentException(
                    "an offset of " + farthest + " is too large for every row: the longest has " + rows.longest()
                            + " tokens, so `farthest` is at most " + (rows.longest() - 1));
        }
        List<RotaryPairs> pairs = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            RotaryPairs own = planning.rotary(rows, layer);
            if (own != null) {
                pairs.add(own);
            }
        }
        if (part.rotary && pairs.isEmpty()) {
            throw new IllegalArgumentException("`" + word() + "` follows from rotary positions, which "
                    + planning.model().label() + " does not have; `mean-score` and `spread` work for every model");
        }
        OffsetStatistics statistics = new OffsetStatistics(part, farthest, pairs, planning.has(Site.Q_NORM_SCALE));
        int run = planning.clean(rows, statistics.captures(shape), statistics.logits());
        return planning.builder().add(id -> new Summarise(id, statistics, run));
    }

    private String word() {
        return part.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public String title() {
        return "Attention scores by offset: " + word();
    }

    @Override
    public String formula() {
        return "score(d) = sum over pairs f of |q_f| |k_f| cos(w_f d + angle(q_f) - angle(k_f)) / attention scale, with q "
                + "and k the mean query and key over all rows and positions before they are turned (after a norm on them), "
                + "and w_f the angle by which pair f turns for each position. Scores are those before a soft-cap. Means over all rows, without an interval.";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return part == Part.EXPLAINED || part == Part.AMPLITUDE ? Side.HIGHER : Side.BOTH;
    }

    @Override
    public String unit() {
        return part.unit;
    }

    @Override
    public Figure figure() {
        return part.figure;
    }

    @Override
    public boolean searches() {
        return true;
    }
}
