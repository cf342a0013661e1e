package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.analysis.sampled.ActivationSample;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.SearchLabels;
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
 * Which neuron tells a label best, by the area under the ROC curve of its activation (Mann and Whitney 1947), with the false
 * discovery rate of Benjamini and Hochberg (1995) over labels.
 */
@Named("label-search")
@Doc(
        "For each label the neuron whose activation tells it best, by AUC: 0.5 tells nothing, 1 tells everything, in either "
                + "direction. The neuron is selected on some documents and its AUC is measured on the others. Chance is the same "
                + "search for a label that was moved: shifted inside its document, or exchanged between documents where it is "
                + "constant in one. A label that token ids help to predict must also beat labels that token ids predict as well and "
                + "that mean nothing.")
@Example("{label-search: [register.b, brackets], sample: {count: 4000, seed: 1}, draws: 199, seed: 2}")
public record LabelSearch(
        @Key("label-search")
        @OneOrMany
        @Doc("Labels of the dataset: a boolean label or position class, or one value of another label, such as "
                + "`register.b`.")
        List<String> labels,

        @Default("mlp.post")
        @Doc(
                "The hook point of the neurons; or of the scale of a normalisation, such as `mlp.ln.scale`, which is a single number.")
        SiteName site,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Doc("The positions that are read.") SampledPositions sample,

        @Default("everything")
        @Doc("What is compared: `token` compares positions of the same token id alone, so that "
                + "the token by itself tells nothing.")
        Within within,

        @Default("0.7") @Doc("Share of documents on which neurons are selected; the others test them.")
        double train,

        @Default("499") @Doc("Number of draws of each null, at least labels / fdr - 1.")
        int draws,

        @Default("0.05") @Doc("False discovery rate over labels.")
        double fdr,

        @Doc("Seed of the split of documents and of the draws.")
        long seed,

        @Nullable
        @NameOf("measure")
        @Doc(
                "The same search in untrained models, a measurement of this spec: `found` then also needs an AUC above the "
                        + "largest of theirs.")
        String untrained)
        implements NeuronAnalysis {
    /** What is compared with what. */
    public enum Within {
        @Doc("Every position with the label and every position without it.")
        EVERYTHING,
        @Doc("Positions of the same token id.")
        TOKEN
    }

    public LabelSearch {
        labels = List.copyOf(labels);
        layers = List.copyOf(layers);
        if (labels.isEmpty() || labels.stream().distinct().count() < labels.size()) {
            throw new IllegalArgumentException("name at least one label, each once");
        }
        if (!(train >= 0.1 && train <= 0.9)) {
            throw new IllegalArgumentException("`train` must be 0.1 to 0.9, not " + train);
        }
        if (!(fdr > 0 && fdr < 0.5)) {
            throw new IllegalArgumentException("`fdr` must be above 0 and below 0.5, not " + fdr);
        }
        if (!site.site().hasUnits() && !site.site().axes().contains("one")) {
            throw new IllegalArgumentException(
                    "`" + site
                            + "` has no neurons, as `mlp.post` has, and is not a scale of a normalisation, as `mlp.ln.scale` is");
        }
        long least = (long) Math.ceil(labels.size() / fdr - 1e-9) - 1;
        if (draws < least || draws > 10_000) {
            throw new IllegalArgumentException("`draws` must be " + least + " to 10000, not " + draws
                    + ": with fewer than " + "labels / fdr - 1 draws a single effect among " + labels.size()
                    + " labels could never pass");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        List<Integer> which = planning.layers(site.site(), layers);
        RowsRef rows = planning.rows(planning.on());
        sample.requireRoom(rows.rows(), (long) shape.units(site.site(), which) * which.size());
        List<Integer> twins = twins(planning);
        ActivationSample reading = new ActivationSample(site.site(), which, sample, rows.rows());
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        int sampled = planning.builder().add(id -> new Summarise(id, reading, run));
        return planning.builder()
                .add(id -> new SearchLabels(
                        id,
                        sampled,
                        twins,
                        rows,
                        new SearchLabels.Options(
                                labels,
                                within == Within.TOKEN,
                                train,
                                draws,
                                fdr,
                                seed,
                                ComponentKind.unitsOf(site.site()))));
    }

    private List<Integer> twins(AnalysisPlanning planning) {
        if (untrained == null) {
            return List.of();
        }
        ModelResults results = planning.everyResult(untrained + ".auc");
        if (!results.axes().equals(List.of(new Axis("label", labels)))) {
            throw new IllegalArgumentException("`" + untrained + "` searches for other labels: give both the same");
        }
        return results.steps();
    }

    @Override
    public String title() {
        return "Neurons that tell labels";
    }

    @Override
    public String formula() {
        return "**auc**: share of pairs of a position with the label and one without it"
                + (within == Within.TOKEN ? ", both of the same token id," : "")
                + " that the neuron ranks correctly, ties half, on test documents; **train-auc** the same on the documents that "
                + "selected it; **direction**: 1 if it is larger with the label, -1 if it is smaller  \n"
                + "**mcc**, **f1**: of \"above the threshold whose Matthews correlation is largest on the documents that selected "
                + "it\", on test documents; **average-precision**: over all thresholds"
                + "  \n"
                + "**chance**: 99th percentile of the same search for labels that were moved among the positions that count; **token-auc**: of a "
                + "classifier that sees only the token and the one before it; **gain**: auc - token-auc; **token-chance**: 99th "
                + "percentile of the search for labels that each token id carries as often as another one carries this label  \n"
                + "**untrained**: the largest AUC of the same search in untrained models  \n"
                + "**p**: (1 + draws at least as large) / (1 + draws), the larger of both nulls where token ids predict the label; a draw with "
                + "too few positions is made again; **q**: Benjamini-Hochberg over labels, of which those that share more than 90 % of their positions "
                + "count as one; **found**: 1 if q is at most " + fdr
                + (untrained == null ? "" : " and the AUC is above the AUC of every untrained model");
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public Figure figure() {
        return Figure.TABLE;
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
