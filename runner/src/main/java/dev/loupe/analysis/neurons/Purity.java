package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the examples of a neuron have one thing in common, as in "Softmax Linear Units" (Elhage et al. 2022). */
@Named("purity")
@Doc(
        "Whether a neuron is monosemantic: what share of its top examples one label, or one rule of tokens, has in common, how alike "
                + "their contexts are, and how many different things they are. A label or rule must be three times as frequent among "
                + "the examples as elsewhere.")
@Example("{purity: mlp.post, neurons: [L0N5], sample: {count: 4000, seed: 1}, seed: 2}")
public record Purity(
        @Key("purity") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Doc("The positions among which examples are looked for.")
        SampledPositions sample,

        @Inline ExampleJudging judging,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Quantiles of each neuron's activation, ascending: as many examples are drawn below the first, between any two and from the last on, on an axis `examples`.")
        List<Double> strata,

        @Default("0.2")
        @Doc("Share of the examples that a label or a token needs to count as one of the neuron's features.")
        double share,

        @Nullable
        @Doc(
                "A hook point of the residual stream, such as `resid_mid`, whose activations say how alike contexts are; features whose contexts are alike then count as one.")
        SiteName contexts,

        @Nullable
        @Doc(
                "Seed of a random rotation: neurons are read along random orthonormal directions of their layer instead, to see what any basis gives.")
        Long rotate,

        @Doc("Seed of what is drawn.") long seed,

        @Default("neurons") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** What the result is. */
    public enum Show {
        @Doc("The numbers of each neuron.")
        NEURONS,
        @Doc("The share of the neurons that are pure, with an interval that resamples neurons.")
        RATES
    }

    public Purity {
        strata = List.copyOf(strata);
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (contexts != null && !contexts.site().axes().contains("d_model")) {
            throw new IllegalArgumentException(
                    "`contexts` is a hook point of the residual stream, such as `resid_mid`, not `" + contexts + "`");
        }
        if (!(share > 0 && share <= 0.5)) {
            throw new IllegalArgumentException("`share` must be above 0 and at most 0.5, not " + share);
        }
        AscendingShares.check(strata, "`strata` are quantiles");
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        RowsRef rows = planning.rows(planning.on());
        int traced = new NeuronScan(site.site(), sample).trace(planning, neurons, rotate, rows);
        int residual = contexts == null ? traced : residual(planning, neurons, contexts.site());
        PurityOptions options = judging.options(strata, share, seed);
        return planning.builder()
                .add(id -> new JudgePurity(
                        id,
                        traced,
                        residual,
                        rows,
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        options,
                        show == Show.RATES));
    }

    private int residual(AnalysisPlanning planning, List<NeuronName> neurons, Site at) {
        return new NeuronScan(at, sample).sampled(planning, neurons);
    }

    @Override
    public String title() {
        return "What examples of neurons have in common";
    }

    @Override
    public String formula() {
        return (show == Show.RATES
                        ? "share of the neurons for which the number is at least " + judging.pure() + ":  \n"
                        : "")
                + "**labels**: the largest share of the top examples that one label has; **rule**: the share of every other example for "
                + "which the rule of tokens holds that the rest made; both 0 unless three times as frequent as elsewhere  \n"
                + (judging.labels().isEmpty()
                        ? ""
                        : "**entropy**: bits, of the shares of the labels among the top examples: 0 where all have the same one; an "
                                + "example with none of them is a meaning of its own"
                                + (show == Show.RATES ? "; here the mean over neurons" : "") + "  \n")
                + "**features**: labels and tokens that at least " + share
                + " of the examples have, where those that occur at the same examples"
                + (contexts == null ? "" : " or in contexts whose mean cosine is at least 0.3")
                + " count once"
                + (show == Show.RATES ? "; here the share of neurons with at least two" : "")
                + (contexts == null
                        ? ""
                        : "  \n**context**: mean cosine of `" + contexts
                                + "`, centred, at two examples, less that at two random positions"
                                + (show == Show.RATES ? "; here the mean over neurons" : ""));
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
