package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.plan.neurons.ShortenContexts;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** How much of the text before a top example a neuron needs to fire there. */
@Named("shortest-context")
@Doc(
        "The fewest tokens up to a top example that keep a share of its activation: the model reads the last 1, 2, 3 ... tokens "
                + "alone. With few of them an activation may fall again, so the share must be kept with one more token too.")
@Example(
        "{shortest-context: mlp.post, neurons: [L0N5], examples: 3, keep: [0.5, 0.8], most: 8, sample: {count: 400, seed: 1}}")
public record ShortestContext(
        @Key("shortest-context") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Default("20") @Doc("Number of examples, those furthest from 0, 1 to 100.")
        int examples,

        @Default("positive") @Doc("The side of 0 on which they are: in a gated MLP, activations lie on both.")
        FiringSide side,

        @OneOrMany @Default("[0.5, 0.8, 0.9]") @Doc("Shares of the activation in the whole text, ascending.")
        List<Double> keep,

        @Default("reset") @Doc("Which positions the tokens have.")
        Positions positions,

        @Default("none") @Doc("What stays before the tokens.")
        First first,

        @Default("64") @Doc("Maximum number of tokens.") int most,

        @Doc("`at` and `min-position` say which positions can be examples.")
        SampledPositions sample)
        implements NeuronAnalysis {
    /** Which positions tokens have. */
    public enum Positions {
        @Doc("They begin at the first position.")
        RESET,
        @Doc("They stay where they are: the model reads the whole row, and none of them attends to what is left out.")
        KEPT
    }

    /** What stays before them. */
    public enum First {
        @Doc(
                "Nothing: the first token of the shorter text may become one that others attend to for want of anything else.")
        NONE,
        @Doc("The first token of the row, such as a begin token.")
        ROW
    }

    public ShortestContext {
        keep = List.copyOf(keep);
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (examples < 1 || examples > 100) {
            throw new IllegalArgumentException("`examples` must be 1 to 100, not " + examples);
        }
        if (most < 1 || most > 1024) {
            throw new IllegalArgumentException("`most` must be 1 to 1024, not " + most);
        }
        if (keep.isEmpty()) {
            throw new IllegalArgumentException("`keep` names no share of the activation, such as 0.5");
        }
        AscendingShares.check(keep, "`keep` are shares");
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        ExampleCounts counts = new ExampleCounts(examples, side == FiringSide.POSITIVE ? 0 : examples, List.of(), 0, 0);
        int chosen = new NeuronScan(site.site(), sample).examples(planning, neurons, counts);
        return planning.builder()
                .add(id -> new ShortenContexts(
                        id,
                        planning.load(),
                        planning.model(),
                        planning.rows(planning.on()),
                        chosen,
                        site.site(),
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        side,
                        examples,
                        new ShortenContexts.Windows(keep, positions == Positions.KEPT, first == First.ROW, most)));
    }

    @Override
    public String title() {
        return "Shortest contexts";
    }

    @Override
    public String formula() {
        return "**tokens**: the fewest tokens up to an example with which the activation there is at least `keep` times that in the "
                + "whole text, and with one more token too; mean over the top examples that have any  \n**reached**: share of the "
                + "examples that have any, of at most " + most
                + " tokens  \n**needed**: of these tokens those without which the share is "
                + "not kept, the example's own among them  \n**beyond-copy**: tokens less those from the last earlier copy of the "
                + "example's token on, where there is one. Intervals resample examples.";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public String unit(String part) {
        return part.equals("reached") ? "share of examples" : unit();
    }

    @Override
    public String parts() {
        return "part";
    }
}
