package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.AttributedTokens;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.AlignVocabulary;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.LiftVocabulary;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the output weights of a neuron or feature say of the next token, and whether it is said where it fires. */
@Named("vocabulary-attribution")
@Doc(
        "Vocabulary attribution: what the output weights of a neuron, or of a feature of a dictionary, add to each logit on the direct path, "
                + "centred over tokens, with the scale of the final normalisation at 1. In a model of several layers the direct path is "
                + "not the whole effect.")
@Example("{vocabulary-attribution: tokens, neurons: [L0N5], top: 10}")
public record VocabularyAttribution(
        @Key("vocabulary-attribution") @Doc("What the result is.")
        Tell tell,

        @Inline NeuronChoice which,

        @Nullable
        @Doc(
                "`mlp.post`, or `dictionary.features` where features are selected or drawn. Default: what `neurons` names, otherwise neurons.")
        SiteName at,

        @OnlyWith(value = "vocabulary-attribution", words = "tokens")
        @Default("10")
        @Doc("Number of tokens, highest and lowest, 1 to 100.")
        int top,

        @OnlyWith(value = "vocabulary-attribution", words = "alignment")
        @Default("20")
        @Doc("Number of examples of the largest activations whose next tokens are read.")
        int examples,

        @OnlyWith(
                value = "vocabulary-attribution",
                words = {"alignment", "lift"})
        @Nullable
        @Doc(
                "The positions that are read: `alignment` finds its examples at its `at` and from its `min-position` on, `lift` counts at "
                        + "the sampled positions.")
        SampledPositions sample,

        @OnlyWith(
                value = "vocabulary-attribution",
                words = {"alignment", "lift"})
        @Key("min-count")
        @Default("5")
        @Doc("Only tokens that follow at least so often in the dataset (`alignment`) or in the sample (`lift`) count.")
        int minCount)
        implements NeuronAnalysis {
    /** What is told of an attribution. */
    public enum Tell {
        @Doc("The tokens with the highest and the lowest attribution.")
        TOKENS,
        @Doc(
                "`kurtosis` over the vocabulary (excess: 0 for a normal distribution) and `top-5`, the share of the positive "
                        + "attribution that the five highest tokens have.")
        CONCENTRATION,
        @Doc(
                "Whether the tokens that really follow where the neuron fires most are those that it raises: `own`, their mean "
                        + "percentile in its attribution; `others`, the same contexts in the attribution of the other neurons of its layer; "
                        + "`alignment`, the difference; `p`, the share of neurons of the layer that do as well there.")
        ALIGNMENT,
        @Doc(
                "Whether tokens that follow more often than elsewhere where the activation is above its 99th percentile are those "
                        + "that it raises: `lift`, the rank correlation over tokens; `precision`, the share of the ten tokens of largest "
                        + "lift among the ten highest.")
        LIFT
    }

    public VocabularyAttribution {
        if (top < 1 || top > 100 || examples < 1 || examples > 100 || minCount < 1) {
            throw new IllegalArgumentException("`top` and `examples` must be 1 to 100, and `min-count` at least 1");
        }
        if (at != null && at.site() != Site.MLP_POST && at.site() != Site.FEATURES) {
            throw new IllegalArgumentException("`at` must be `mlp.post` or `dictionary.features`");
        }
        if ((tell == Tell.ALIGNMENT || tell == Tell.LIFT) && sample == null) {
            throw new IllegalArgumentException(
                    "`sample` is missing: write the positions that are read, such as `sample: {count: 20000, seed: 1}`");
        }
    }

    private Site site() {
        if (at != null) {
            return at.site();
        }
        boolean features = !which.neurons().isEmpty()
                && which.neurons().stream().allMatch(neuron -> neuron.kind() == ComponentKind.FEATURE);
        return features ? Site.FEATURES : Site.MLP_POST;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Site site = site();
        ModelShape shape = planning.model().shape();
        if (site == Site.FEATURES) {
            planning.require(Site.FEATURES);
        } else {
            planning.point(Site.MLP_POST, 0);
        }
        List<NeuronName> neurons = which.of(planning, site);
        if (tell == Tell.TOKENS) {
            if (neurons.size() > 200) {
                throw new IllegalArgumentException(neurons.size() + " "
                        + ComponentKind.unitsOf(site).word() + "s are too many for a page: name at most 200");
            }
            return new AttributedTokens(neurons, top).add(planning);
        }
        if (tell == Tell.CONCENTRATION || sample == null) {
            AttributionShape reading = new AttributionShape(neurons, which.axes(shape, site));
            return planning.builder().add(id -> new Compute(id, reading, planning.load(), planning.model()));
        }
        if (shape.outputs() < shape.vocabulary()) {
            throw new IllegalArgumentException(planning.model().label() + " predicts " + shape.outputs() + " of its "
                    + shape.vocabulary() + " tokens, so that what follows cannot be compared with what is raised");
        }
        NeuronScan scan = new NeuronScan(site, sample);
        RowsRef rows = planning.rows(planning.on());
        if (tell == Tell.ALIGNMENT) {
            int chosen = scan.examples(planning, neurons, ExampleCounts.topOf(examples));
            return planning.builder()
                    .add(id -> new AlignVocabulary(
                            id,
                            planning.load(),
                            planning.model(),
                            rows,
                            chosen,
                            neurons,
                            which.axes(shape, site),
                            examples,
                            minCount));
        }
        int sampled = scan.sampled(planning, neurons);
        return planning.builder()
                .add(id -> new LiftVocabulary(
                        id,
                        planning.load(),
                        planning.model(),
                        rows,
                        sampled,
                        neurons,
                        which.axes(shape, site),
                        minCount));
    }

    @Override
    public String title() {
        return "Vocabulary attribution";
    }

    @Override
    public String formula() {
        String attribution =
                "attribution of a token: (" + (site() == Site.FEATURES ? "the feature's row of the decoder" : "w_out")
                        + ", centred where the final normalisation is a LayerNorm, times its gain) "
                        + "W_U, minus its mean over tokens";
        return switch (tell) {
            case TOKENS -> attribution;
            case CONCENTRATION ->
                attribution
                        + "  \n**kurtosis**: excess kurtosis over tokens; **top-5**: share of the positive attribution";
            case ALIGNMENT ->
                attribution
                        + "  \n**own**: mean percentile (0 to 1, ties half) of the tokens that follow the top examples, among "
                        + "tokens that follow at least " + minCount
                        + " times; **others**: the same of the layer's other neurons, on the "
                        + "same contexts; **alignment**: own - others; **p**: (1 + others at least as high) / (1 + others). "
                        + "Intervals resample contexts.";
            case LIFT ->
                attribution
                        + "  \n**lift**: Spearman's rho of attribution and log P(token | activation above its 99th percentile) / "
                        + "P(token), half a count added, over tokens that follow at least " + minCount
                        + " times in the sample; **precision**: share of the ten tokens of largest lift among the ten of largest "
                        + "attribution";
        };
    }

    @Override
    public boolean readsRows() {
        return tell == Tell.ALIGNMENT || tell == Tell.LIFT;
    }

    @Override
    public boolean numbers() {
        return tell != Tell.TOKENS;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return tell == Tell.TOKENS ? "logits" : "";
    }

    @Override
    public String parts() {
        return tell == Tell.TOKENS ? "" : "part";
    }

    @Override
    public boolean searches() {
        return readsRows();
    }
}
