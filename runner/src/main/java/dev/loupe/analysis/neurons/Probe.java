package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.analysis.sampled.ActivationSample;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.FitProbe;
import dev.loupe.plan.neurons.ProbeOptions;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read off an activation by a linear probe: ridge regression with controls (labels that were moved; the tokens alone;
 * the control task of Hewitt and Liang 2019).
 */
@Named("probe")
@Doc(
        "Linear probes: how well a weighted sum of an activation tells each label, by ridge regression fitted on some documents and "
                + "scored on the others. The score is the AUC, or R² for an ordinal label such as `depth`. It appears beside controls that "
                + "a probe must beat to say anything about the model.")
@Example("{probe: [register.b, brackets], at: resid_post, sample: {count: 4000, seed: 1}, draws: 20, seed: 2}")
public record Probe(
        @OneOrMany
        @Doc(
                "Labels of the dataset: a boolean label or position class, one value of another label such as `register.b`, or an "
                        + "ordinal label.")
        List<String> probe,

        @Key("at")
        @Default("resid_post")
        @Doc("The hook point [batch, pos, d_model] or [batch, pos, d_mlp] that is read.")
        SiteName site,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Doc("The positions that are read.") SampledPositions sample,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Probes that read so few components, those that tell the label best by themselves on the training documents, on an axis "
                        + "`k`. Default: all components.")
        List<Integer> k,

        @Default("0.7") @Doc("Share of documents on which probes are fitted; the others test them.")
        double train,

        @Default("100") @Doc("Number of draws of labels that say nothing.")
        int draws,

        @Doc("Seed of the split of documents and of the draws.")
        long seed,

        @Nullable
        @NameOf("measure")
        @Doc("The same probes in untrained models, a measurement of this spec, whose largest score is shown beside.")
        String untrained,

        @Default("scores") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** What the result is. */
    public enum Show {
        @Doc("The scores, and the scores of the controls.")
        SCORES,
        @Doc("The direction of each probe, of length 1, fitted on the training documents: for `along: {result: ...}`.")
        DIRECTIONS
    }

    public Probe {
        probe = List.copyOf(probe);
        layers = List.copyOf(layers);
        k = List.copyOf(k);
        if (probe.isEmpty() || probe.stream().distinct().count() < probe.size()) {
            throw new IllegalArgumentException("name at least one label, each once");
        }
        if (!(train >= 0.1 && train <= 0.9)) {
            throw new IllegalArgumentException("`train` must be 0.1 to 0.9, not " + train);
        }
        if (draws < 2 || draws > 1000) {
            throw new IllegalArgumentException("`draws` must be 2 to 1000, not " + draws);
        }
        if (k.stream().anyMatch(n -> n < 1) || k.stream().distinct().count() < k.size()) {
            throw new IllegalArgumentException("`k` is at least 1, each once, not " + k);
        }
        if (show == Show.DIRECTIONS && untrained != null) {
            throw new IllegalArgumentException("`untrained` has no effect with `show: directions`");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        List<Integer> which =
                !site.site().perLayer() ? List.of(0) : layers.isEmpty() ? shape.layersWith(site.site()) : layers;
        planning.layers(site.site(), which);
        int width = site.site() == Site.FEATURES
                ? shape.units(site.site(), which)
                : DirectionChoice.width(new HookPoint(site.site(), site.site().perLayer() ? which.get(0) : -1), shape);
        if (k.stream().anyMatch(n -> n > width)) {
            throw new IllegalArgumentException("`" + site + "` has " + width + " components, fewer than `k` asks for");
        }
        RowsRef rows = planning.rows(planning.on());
        sample.requireRoom(rows.rows(), (long) width * which.size());
        List<Integer> twins = twins(planning, which);
        ActivationSample reading = new ActivationSample(site.site(), which, sample, rows.rows());
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        int sampled = planning.builder().add(id -> new Summarise(id, reading, run));
        String last = site.site().axes().get(site.site().axes().size() - 1);
        Axis direction = show == Show.DIRECTIONS ? Axis.counted(last, width) : null;
        ProbeOptions options = new ProbeOptions(probe, k, train, draws, seed);
        return planning.builder().add(id -> new FitProbe(id, sampled, twins, rows, options, which, direction));
    }

    private List<Integer> twins(AnalysisPlanning planning, List<Integer> which) {
        if (untrained == null) {
            return List.of();
        }
        ModelResults results = planning.everyResult(untrained + ".score");
        List<Axis> own = new FitProbe(
                        0,
                        0,
                        List.of(),
                        planning.rows(planning.on()),
                        new ProbeOptions(probe, k, train, draws, seed),
                        which,
                        null)
                .cells();
        if (!results.axes().equals(own)) {
            throw new IllegalArgumentException("`" + untrained + "` has other labels or layers: give both the same");
        }
        return results.steps();
    }

    @Override
    public String title() {
        return "Linear probes";
    }

    @Override
    public String formula() {
        if (show == Show.DIRECTIONS) {
            return "weights of ridge regression on centred activations, divided by their length";
        }
        return "**score**: AUC on test documents of ridge regression on centred activations, or R² of an ordinal label; the ridge is "
                + "chosen by threefold cross-validation over training documents; **train-score** the same on those documents  \n"
                + "**shuffled**: 99th percentile (of fewer than 100 draws the largest) of the same fit for labels that were "
                + "shifted in their documents, or exchanged between documents where they are constant in one  \n"
                + "**tokens**: score of a classifier that sees only the token and the one before it, or of the mean of each token  \n"
                + "**control**: mean score of the same fit for labels that are drawn at random for each token id, as often "
                + "positive as the label (or its values in another order of token ids); score - control is the selectivity  \n"
                + "**untrained**: the largest score of the same probes in untrained models";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public Figure figure() {
        return show == Show.SCORES ? Figure.AUTO : Figure.TABLE;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String parts() {
        return show == Show.SCORES ? "part" : "";
    }

    @Override
    public boolean searches() {
        return show == Show.SCORES;
    }
}
