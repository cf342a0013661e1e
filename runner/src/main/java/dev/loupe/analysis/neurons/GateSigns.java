package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.CountSigns;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/** The signs of the two sides of gated neurons. */
@Named("gate-signs")
@Doc(
        "How often the two sides of a gated neuron have which signs at sampled positions, and its mean activation there. Such a neuron "
                + "is the activation function of the gate (`mlp.pre`) times what comes up beside it (`mlp.pre_linear`), so that large "
                + "activations of either sign come from a positive gate. 0 counts as positive. Intervals resample documents.")
@Example("{gate-signs: mlp.post, neurons: [L0N5], sample: {count: 400, seed: 1}}")
public record GateSigns(
        @Key("gate-signs") @Doc("`mlp.post`, in a model with gated MLPs.")
        SiteName site,

        @Inline NeuronChoice which,

        @Doc("The positions that are read.") SampledPositions sample)
        implements NeuronAnalysis {
    public GateSigns {
        if (site.site() != Site.MLP_POST) {
            throw new IllegalArgumentException("`" + site + "` has no gate; the neurons of `mlp.post` may have one");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.model().shape().gated()) {
            throw new IllegalArgumentException("the MLPs of this model have no gate, so that there are no two sides");
        }
        List<NeuronName> neurons = which.of(planning, Site.MLP_POST);
        RowsRef rows = planning.rows(planning.on());
        int gate = new NeuronScan(Site.MLP_PRE, sample).trace(planning, neurons, null, rows);
        int up = new NeuronScan(Site.MLP_PRE_LINEAR, sample).trace(planning, neurons, null, rows);
        int activation = new NeuronScan(Site.MLP_POST, sample).trace(planning, neurons, null, rows);
        return planning.builder()
                .add(id -> new CountSigns(
                        id,
                        gate,
                        up,
                        activation,
                        rows,
                        which.axes(planning.model().shape(), Site.MLP_POST)));
    }

    @Override
    public String title() {
        return "Signs of gate and up";
    }

    @Override
    public String formula() {
        return "**share**: share of the positions with these signs  \n**mean**: mean activation at these positions";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "activation";
    }

    @Override
    public String unit(String part) {
        return part.equals("share") ? "share of positions" : unit();
    }

    @Override
    public String parts() {
        return "part";
    }
}
