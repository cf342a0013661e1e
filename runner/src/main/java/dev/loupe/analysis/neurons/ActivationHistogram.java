package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.SampledValues;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/** The activations of some neurons at sampled positions, as they are. */
@Named("activation-histogram")
@Doc(
        "The activations of neurons at sampled positions as they are, and their histogram. `quantile` in a claim or an answer gives "
                + "the edges of strata. Where a row has fewer positions than the sample asks for, the rest is undefined.")
@Example("{activation-histogram: mlp.post, neurons: [L0N5], sample: {count: 400, seed: 1}}")
public record ActivationHistogram(
        @Key("activation-histogram") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Doc("The positions that are read.") SampledPositions sample)
        implements NeuronAnalysis {
    /** Numbers that a run keeps of one such measurement. */
    private static final long MOST = 2_000_000;

    public ActivationHistogram {
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        RowsRef rows = planning.rows(planning.on());
        long most = sample.most(rows);
        if (most * neurons.size() > MOST) {
            throw new IllegalArgumentException(most + " positions of " + neurons.size() + " neurons are more than the "
                    + MOST + " numbers that are kept: lower `count` or name fewer neurons");
        }
        int read = new NeuronScan(site.site(), sample).trace(planning, neurons, null, rows);
        return planning.builder()
                .add(id ->
                        new SampledValues(id, read, which.axes(planning.model().shape(), site.site()), (int) most));
    }

    @Override
    public String title() {
        return "Activations at sampled positions";
    }

    @Override
    public String formula() {
        return "activation of `" + site + "` at each position of the sample";
    }

    @Override
    public Figure figure() {
        return Figure.HISTOGRAM;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "activation";
    }
}
