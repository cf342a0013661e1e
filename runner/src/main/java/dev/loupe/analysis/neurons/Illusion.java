package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The interpretability illusion of Bolukbasi et al. (2021): another corpus, another meaning. */
@Named("illusion")
@Doc(
        "Whether neurons look monosemantic on each of two corpora, by different rules of tokens, and do not on both together. A neuron "
                + "that hardly fires on one of them is silent there, and that does not count as an illusion.")
@Example("{illusion: mlp.post, neurons: [L0N5], other: default, sample: {count: 4000, seed: 1}}")
public record Illusion(
        @Key("illusion") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @NameOf("dataset") @Doc("The second corpus; the first one is the measurement's own dataset.")
        String other,

        @Doc("The positions among which examples are looked for, as many in each corpus.")
        SampledPositions sample,

        @Inline ExampleJudging judging,

        @Default("0.3")
        @Doc(
                "A neuron is silent on a corpus where its largest activation is below this share of its largest on the other one.")
        double silent,

        @Default("0.6") @Doc("A rule that tells examples of the other corpus with an AUC above this transfers to it.")
        double transfer,

        @Nullable
        @Doc(
                "Seed of a random rotation: neurons are read along random orthonormal directions of their layer instead, to see what any basis gives.")
        Long rotate,

        @Default("neurons") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** What the result is. */
    public enum Show {
        @Doc("The numbers of each neuron.")
        NEURONS,
        @Doc("Their means over the neurons, of `illusion` the rate, with intervals that resample neurons.")
        RATES
    }

    public Illusion {
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (!(silent >= 0 && silent <= 1) || !(transfer >= 0.5 && transfer <= 1)) {
            throw new IllegalArgumentException("`silent` must be 0 to 1 and `transfer` 0.5 to 1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        RowsRef rows = planning.rows(planning.on());
        RowsRef others = planning.rows(other);
        NeuronScan scan = new NeuronScan(site.site(), sample);
        int first = scan.trace(planning, neurons, rotate, rows);
        int second = scan.trace(planning, neurons, rotate, others);
        return planning.builder()
                .add(id -> new CompareCorpora(
                        id,
                        first,
                        rows,
                        second,
                        others,
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        judging.options(List.of(), 0.2, sample.seed()),
                        silent,
                        transfer,
                        show == Show.RATES));
    }

    @Override
    public String title() {
        return "Meanings on two corpora";
    }

    @Override
    public String formula() {
        return (show == Show.RATES ? "mean over the neurons:  \n" : "")
                + "**first**, **second**, **both**: share of every other top example on one corpus, the other, and both together for "
                + "which the rule of tokens holds that the rest made, 0 unless three times as frequent as elsewhere  \n"
                + "**transfer**: the larger AUC of the rule of one corpus for the examples of the other, among positions where the neuron is less than half as active; **scale**: the smaller of both "
                + "largest activations over the larger; **disjoint**: 1 if both rules accept no common token in the same place  \n"
                + "**illusion**: 1 if first and second are at least " + judging.pure()
                + ", both is below, transfer is at most "
                + transfer + " and scale at least " + silent;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String parts() {
        return "part";
    }

    @Override
    public boolean searches() {
        return show == Show.NEURONS;
    }
}
