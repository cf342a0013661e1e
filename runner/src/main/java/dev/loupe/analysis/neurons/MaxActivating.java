package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.ExampleValues;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Locale;

/** Examples of what makes a neuron fire, as Neuroscope shows them. */
@Named("max-activating")
@Doc(
        "The text around the largest activations of neurons, and around others: drawn between quantiles of the activation, drawn "
                + "at random, and the smallest. Each document gives at most one example of a kind, and equal documents count once.")
@Example("{max-activating: mlp.post, neurons: [L0N5], examples: 10, strata: [0.5, 0.9], sample: {count: 400, seed: 1}}")
public record MaxActivating(
        @Key("max-activating") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Default("20") @Doc("Number of examples of the largest activations, 1 to 100.")
        int examples,

        @OneOrMany
        @Default("[]")
        @Doc(
                "Quantiles of each neuron's activation over sampled positions, ascending: examples are also drawn below the first, "
                        + "between any two and from the last on.")
        List<Double> strata,

        @Key("per-stratum") @Default("5") @Doc("Number of examples of each stratum.")
        int perStratum,

        @Default("0") @Doc("Number of examples drawn at random from the sampled positions.")
        int random,

        @Default("0") @Doc("Number of examples of the smallest activations.")
        int lowest,

        @Doc(
                "The positions that strata and random examples are drawn from; `at` and `min-position` apply to all examples.")
        SampledPositions sample,

        @Default("16") @Doc("Number of tokens shown before an example.")
        int before,

        @Default("4") @Doc("Number of tokens shown after it.")
        int after,

        @Default("text") @Doc("What the result is.") Show show)
        implements NeuronAnalysis {
    /** The most passages that a page is made of. */
    private static final int MOST = 2000;

    /** What the result is. */
    public enum Show {
        @Doc("Passages of text, coloured by the activation.")
        TEXT,
        @Doc("The activations of the top examples, on the axes of the neurons and `example`: numbers for claims.")
        VALUES,
        @Doc("The same of the `lowest` examples, the smallest first.")
        SMALLEST
    }

    public MaxActivating {
        strata = List.copyOf(strata);
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        range("examples", examples, 1, 100);
        range("per-stratum", perStratum, 1, 100);
        range("random", random, 0, 100);
        range("lowest", lowest, 0, 100);
        range("before", before, 0, 256);
        range("after", after, 0, 256);
        AscendingShares.check(strata, "`strata` are quantiles");
        if (show != Show.TEXT && (!strata.isEmpty() || random > 0)) {
            throw new IllegalArgumentException(
                    "`show: " + word(show) + "` gives numbers: `strata` and `random` would have no effect");
        }
        if (show == Show.VALUES && lowest > 0) {
            throw new IllegalArgumentException(
                    "`show: values` gives the largest activations: `lowest` would have no effect; `show: smallest` gives these");
        }
        if (show == Show.SMALLEST && lowest == 0) {
            throw new IllegalArgumentException("`show: smallest` needs `lowest`, the number of examples");
        }
    }

    private static String word(Show show) {
        return show.name().toLowerCase(Locale.ROOT);
    }

    private static void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("`" + option + "` must be " + least + " to " + most + ", not " + value);
        }
    }

    private ExampleCounts counts() {
        return new ExampleCounts(examples, lowest, strata, perStratum, random);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        int passages = counts().all() * neurons.size();
        if (show == Show.TEXT && passages > MOST) {
            throw new IllegalArgumentException(passages + " passages are too many for a page, which has room for "
                    + MOST + ": ask for fewer examples or fewer neurons");
        }
        NeuronScan scan = new NeuronScan(site.site(), sample);
        int chosen = scan.examples(planning, neurons, counts());
        if (numbers()) {
            boolean smallest = show == Show.SMALLEST;
            return planning.builder()
                    .add(id -> new ExampleValues(
                            id,
                            chosen,
                            which.axes(planning.model().shape(), site.site()),
                            smallest,
                            smallest ? lowest : examples));
        }
        RowsRef rows = planning.rows(planning.on());
        int everywhere = scan.everywhere(planning, neurons, rows).orElse(chosen);
        return planning.builder()
                .add(id -> new ReadExamples(
                        id,
                        planning.load(),
                        planning.model(),
                        rows,
                        chosen,
                        everywhere,
                        passages,
                        site.site(),
                        neurons,
                        before,
                        after));
    }

    @Override
    public String title() {
        return "Examples of neurons";
    }

    @Override
    public String formula() {
        return "activation of `" + site
                + "` at every token; an example is the position in the middle of its passage with the "
                + "activation in its heading"
                + (strata.isEmpty() && random == 0
                        ? ""
                        : "; strata are quantiles of the neuron's activation over the sample");
    }

    @Override
    public boolean numbers() {
        return show != Show.TEXT;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return show == Show.SMALLEST ? Side.LOWER : Side.HIGHER;
    }

    @Override
    public String unit() {
        return "activation";
    }
}
