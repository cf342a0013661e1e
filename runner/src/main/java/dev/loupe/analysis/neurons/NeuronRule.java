package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.RuleOptions;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hypothesis about what makes a neuron fire, made on some documents and tested on others. */
@Named("neuron-rule")
@Doc(
        "The rule of tokens that best says where a neuron fires, made on some documents and tested on others. A rule is up to three "
                + "conditions that must all hold: that the token, the one before it or the one two before is one of a few; that the token "
                + "came before in the row; or that a label holds. A neuron fires where its activation is above half of its largest one, or on the "
                + "other `side` of 0 below half of its smallest one.")
@Example("{neuron-rule: mlp.post, neurons: [L0N5], sample: {count: 4000, seed: 1}, draws: 10, seed: 2}")
public record NeuronRule(
        @Key("neuron-rule") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Doc("The positions that are read.") SampledPositions sample,

        @Default("0.5")
        @Doc("A neuron fires beyond this share of its largest activation on the documents that make the rule.")
        double fires,

        @Default("positive") @Doc("The side of 0 on which it fires: in a gated MLP, activations lie on both.")
        FiringSide side,

        @Default("3") @Doc("Maximum number of conditions, 1 to 4.")
        int terms,

        @Default("10") @Doc("Maximum number of tokens of a condition.")
        int tokens,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Labels of the dataset that a rule may speak of: a boolean label, a position class or one value of another label.")
        List<String> labels,

        @Nullable
        @NameOf("dataset")
        @Key("made-on")
        @Doc(
                "Another dataset that rules are made from; all documents of the measurement's own dataset then test them. Default: one "
                        + "part of its documents makes the rules.")
        String madeOn,

        @Default("0.5") @Doc("Share of documents that rules are made from, without `made-on`.")
        double train,

        @Default("20") @Doc("How often chance is drawn: rules for activations that are shifted inside their documents.")
        int draws,

        @Nullable
        @Doc(
                "Seed of a random rotation: neurons are read along random orthonormal directions of their layer instead, to see what any basis gives.")
        Long rotate,

        @Doc("Seed of the split of documents and of the draws.")
        long seed,

        @Default("scores") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** What the result is. */
    public enum Show {
        @Doc("How far the rules hold: numbers for claims.")
        SCORES,
        @Doc("The rules themselves.")
        RULES
    }

    public NeuronRule {
        labels = List.copyOf(labels);
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (!(fires > 0 && fires < 1)) {
            throw new IllegalArgumentException("`fires` must be above 0 and below 1, not " + fires);
        }
        if (terms < 1 || terms > 4 || tokens < 1 || tokens > 1000) {
            throw new IllegalArgumentException("`terms` must be 1 to 4 and `tokens` 1 to 1000");
        }
        if (!(train >= 0.1 && train <= 0.9)) {
            throw new IllegalArgumentException("`train` must be 0.1 to 0.9, not " + train);
        }
        if (draws < 0 || draws > 10_000) {
            throw new IllegalArgumentException("`draws` must be 0 to 10000, not " + draws);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        RowsRef rows = planning.rows(planning.on());
        RowsRef made = madeOn == null ? rows : planning.rows(madeOn);
        NeuronScan scan = new NeuronScan(site.site(), sample);
        int traced = scan.trace(planning, neurons, rotate, rows);
        int formed = madeOn == null ? traced : scan.trace(planning, neurons, rotate, made);
        return planning.builder()
                .add(id -> new FitRules(
                        id,
                        traced,
                        rows,
                        formed,
                        made,
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        new RuleOptions(
                                fires, side, terms, tokens, labels, train, show == Show.RULES ? 0 : draws, seed),
                        show == Show.RULES));
    }

    @Override
    public String title() {
        return "Rules for where neurons fire";
    }

    @Override
    public String formula() {
        return show == Show.RULES
                ? "conditions that must all hold; **fires**: how often the activation is beyond the edge where the rule holds with "
                        + "this token, **of**: how often the rule holds with it, on the documents that made the rule"
                : "of the rule as a detector of \"the neuron fires\", on documents that did not make it: **precision**, undefined "
                        + "where no token matches the rule; **recall**, undefined where the neuron fires nowhere; **f1**; **auc**: "
                        + "mean of sensitivity and specificity; **correlation**: Pearson's r of the activation, as far as it is on "
                        + "its side of 0, and whether the rule holds; **fires**, **holds**: share of positions; **conditions**: how "
                        + "many  \n**edge**: it fires where its activation is beyond this, " + fires + " of the "
                        + (switch (side) {
                            case POSITIVE -> "largest";
                            case NEGATIVE -> "smallest";
                            case LARGER -> "one furthest from 0";
                            case SMALLER -> "one furthest from 0 on the side where it reaches less far";
                        })
                        + " on the documents that made the rule  \n**chance**: F1 of the same procedure for "
                        + "activations that are shifted inside their documents, 99th percentile, or the largest of fewer than 100 "
                        + "draws. Intervals resample documents.";
    }

    @Override
    public boolean numbers() {
        return show == Show.SCORES;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return show == Show.SCORES ? "" : "positions";
    }

    @Override
    public String parts() {
        return show == Show.SCORES ? "part" : "";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
