package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.OtherModels;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.MatchNeurons;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.List;

/** Whether another model has a neuron that does the same on the same text. */
@Named("same-neuron")
@Doc(
        "The neuron of another model of this spec, in any layer, whose activations correlate best with the activations of a neuron, beside the same "
                + "search among random orthonormal mixtures of each layer's neurons (Gurnee et al. 2024). Where the other is a family, "
                + "such as five seeds or checkpoints, each of its models is searched, on axes `with-seed` and so on. Intervals leave out groups of "
                + "documents in turn and search again.")
@Example("{same-neuron: mlp.post, neurons: [L0N5], in: default, sample: {count: 400, seed: 1}, draws: 2, seed: 2}")
public record SameNeuron(
        @Key("same-neuron") @Doc("The hook point of the neurons, in both models: `mlp.post`, or `mlp.pre`.")
        SiteName site,

        @Inline NeuronChoice which,

        @NameOf("model") @Doc("Name of the other model, or of the family of models. It must read the same token ids.")
        String in,

        @Doc("The positions over which activations are correlated.")
        SampledPositions sample,

        @Default("5")
        @Doc(
                "Number of random rotations whose mean is chance, 0 to 1000; 0 leaves chance out. Each takes as long as a matrix of d_mlp x d_mlp "
                        + "times the activations of every layer.")
        int draws,

        @Key("either-sign")
        @Default("false")
        @Doc(
                "Whether a correlation of -1 is as good as 1, for neurons and mixtures alike. In a gated MLP a neuron whose up and output "
                        + "weights both have the other sign does the same.")
        boolean eitherSign,

        @Doc("Seed of the rotations.") long seed)
        implements NeuronAnalysis {
    /** Above this the sums of products would not fit beside everything else. */
    private static final long MOST_BYTES = 1_500_000_000;

    private static final int MOST_DRAWS = 1000;

    public SameNeuron {
        if (site.site() != Site.MLP_POST && site.site() != Site.MLP_PRE) {
            throw new IllegalArgumentException(
                    "`same-neuron` reads `mlp.post` or `mlp.pre`, which every MLP has, not `" + site + "`");
        }
        if (draws < 0 || draws > MOST_DRAWS) {
            throw new IllegalArgumentException("`draws` must be 0 to " + MOST_DRAWS + ", not " + draws);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        OtherModels others = planning.others(in);
        RowsRef rows = planning.rows(planning.on());
        others.models().forEach(other -> check(other, neurons.size()));
        int traced = new NeuronScan(site.site(), sample).trace(planning, neurons, null, rows);
        return planning.builder()
                .add(id -> new MatchNeurons(
                        id,
                        traced,
                        rows,
                        site.site(),
                        which.axes(planning.model().shape(), site.site()),
                        others.loads(),
                        others.models(),
                        others.besideOwn(),
                        draws,
                        eitherSign,
                        seed,
                        sample.most(rows.rows())));
    }

    private void check(ModelRef other, int neurons) {
        if (other.shape().attentionOnly() || other.shape().dMlp() == 0) {
            throw new IllegalArgumentException(other.label() + " has no neurons");
        }
        long bytes = MatchNeurons.sums(other.shape(), neurons, draws);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the sums of products of " + neurons + " neurons with all of "
                    + other.label() + " would take " + bytes / 1_000_000 + " MB, and at most " + MOST_BYTES / 1_000_000
                    + " are kept: name fewer neurons");
        }
    }

    @Override
    public List<String> beside() {
        return List.of(in);
    }

    @Override
    public String title() {
        return "The same neuron in " + in;
    }

    @Override
    public String formula() {
        return "**match**: Pearson's r of the neuron's activation and the activation of the neuron of the other model for which it is "
                + (eitherSign ? "furthest from 0, without its sign" : "largest")
                + ", of all layers  \n**match-layer**, **match-neuron**: which one it is on all documents"
                + (eitherSign ? "  \n**sign**: the sign of that correlation" : "")
                + (draws == 0
                        ? "  \n**chance**, **excess**: not asked for"
                        : "  \n**chance**: the same search among random orthonormal mixtures of each layer's neurons, as many as there are "
                                + "neurons: mean of " + Count.of(draws, "rotation")
                                + ", each the same in all layers (Gurnee et al. 2024)  \n**excess**: match - chance")
                + "  \nUndefined for a neuron that "
                + "never changes; intervals leave out groups of documents in turn and search again.";
    }

    @Override
    public Figure figure() {
        return Figure.TABLE;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "";
    }
}
