package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.RankExamples;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/** Whether a neuron is the most active one of its layer where it is itself most active. */
@Named("own-examples")
@Doc(
        "Whether each neuron is the most active of its layer at its own top examples: by activation, by activation in standard deviations "
                + "of each neuron, and by activation times the length of what the neuron writes. Raw activations compare scales: one loud "
                + "neuron is first everywhere.")
@Example("{own-examples: mlp.post, layers: [0], examples: 3, sample: {count: 400, seed: 1}}")
public record OwnExamples(
        @Key("own-examples") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Default("5") @Doc("Number of top examples of each neuron, 1 to 100.")
        int examples,

        @Doc("The positions by which neurons are standardised; `at` and `min-position` apply to examples too.")
        SampledPositions sample)
        implements NeuronAnalysis {
    public OwnExamples {
        if (!site.site().axes().contains("d_mlp")) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (examples < 1 || examples > 100) {
            throw new IllegalArgumentException("`examples` must be 1 to 100, not " + examples);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        NeuronScan scan = new NeuronScan(site.site(), sample);
        int chosen = scan.examples(planning, neurons, ExampleCounts.topOf(examples));
        int sampled = scan.sampled(planning, neurons);
        RowsRef rows = planning.rows(planning.on());
        long positions = rows.tokens() - (long) rows.rows() * sample.minPosition();
        return planning.builder()
                .add(id -> new RankExamples(
                        id,
                        planning.load(),
                        planning.model(),
                        rows,
                        chosen,
                        sampled,
                        site.site(),
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        examples,
                        positions));
    }

    @Override
    public String title() {
        return "Ranks at own examples";
    }

    @Override
    public String formula() {
        return "**raw**, **z-scored**, **norm-weighted**: 1 where no neuron of the layer has a larger activation, a larger one less its "
                + "mean over its standard deviation, a larger one times the length of its output weights; ties with k neurons give "
                + "1 / k; mean over the top examples  \n**percentile**: share of the layer's other neurons below, raw, ties half  \n"
                + "**hub**: how often the neuron is the most active one, raw, at the examples of all neurons of its layer  \n"
                + "**independent**: what **raw** would be on average if all activations were independent and alike, "
                + "T / (T + N - 1) at the first example of N neurons over T positions";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public Figure figure() {
        return Figure.AUTO;
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
        return true;
    }
}
