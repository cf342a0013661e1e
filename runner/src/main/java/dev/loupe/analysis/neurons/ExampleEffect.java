package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.NeuronScan;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.EditExamples;
import dev.loupe.plan.neurons.EditExamples.Place;
import dev.loupe.plan.neurons.EditExamples.Written;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.text.Count;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a neuron does to the predictions where it fires, and where it does not. */
@Named("example-effect")
@Doc(
        "What a neuron does to the prediction after its top examples, and after random tokens: the model reads the text up to there "
                + "again with the neuron changed at every token. How much any neuron does after its own top examples, `random-neurons` tells.")
@Example(
        "{example-effect: mlp.post, neurons: [L0N5], examples: 5, random: 10, with: [zero, mean], sample: {count: 400, seed: 1}}")
public record ExampleEffect(
        @Key("example-effect") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @Inline NeuronChoice which,

        @Default("20") @Doc("Number of examples, those furthest from 0, 1 to 100.")
        int examples,

        @Default("positive") @Doc("The side of 0 on which they are: in a gated MLP, activations lie on both.")
        FiringSide side,

        @Default("0") @Doc("Number of tokens drawn at random from the sampled positions, 0 to 1000.")
        int random,

        @OneOrMany @Default("[zero]") @Doc("What replaces its activation, at every token.")
        List<Written> with,

        @Doc(
                "The positions that random tokens, means and resampled activations are from; `at` and `min-position` apply to all examples.")
        SampledPositions sample,

        @Nullable @Doc("Seed of what `with: resample` draws; only with it.")
        Long seed)
        implements NeuronAnalysis {
    public ExampleEffect {
        with = List.copyOf(with);
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
        if (examples < 1 || examples > 100) {
            throw new IllegalArgumentException("`examples` must be 1 to 100, not " + examples);
        }
        if (random < 0 || random > 1000) {
            throw new IllegalArgumentException("`random` must be 0 to 1000, not " + random);
        }
        if (with.isEmpty() || with.stream().distinct().count() < with.size()) {
            throw new IllegalArgumentException("`with` names what replaces the activation, each once, such as `zero`");
        }
        if (with.contains(Written.RESAMPLE) != (seed != null)) {
            throw new IllegalArgumentException(
                    seed == null
                            ? "`with: resample` draws at random and needs a `seed`"
                            : "nothing is drawn without `with: resample`: `seed` would have no effect");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<NeuronName> neurons = which.of(planning, site.site());
        RowsRef rows = planning.rows(planning.on());
        NeuronScan scan = new NeuronScan(site.site(), sample);
        ExampleCounts counts =
                new ExampleCounts(examples, side == FiringSide.POSITIVE ? 0 : examples, List.of(), 0, random);
        int chosen = scan.examples(planning, neurons, counts);
        int sampled = with.equals(List.of(Written.ZERO)) ? chosen : scan.trace(planning, neurons, null, rows);
        return planning.builder()
                .add(id -> new EditExamples(
                        id,
                        planning.load(),
                        planning.model(),
                        rows,
                        chosen,
                        sampled,
                        site.site(),
                        neurons,
                        which.axes(planning.model().shape(), site.site()),
                        side,
                        counts,
                        with,
                        seed == null ? 0 : seed));
    }

    @Override
    public String title() {
        return "What neurons do after their examples";
    }

    @Override
    public String formula() {
        return "**kl**: KL divergence between the predictions of the model as it is and with the neuron changed, in nats  \n"
                + "**loss**: by how much the loss of the true next token rises, where there is one  \n"
                + (random == 0
                        ? "After its " + Count.of(examples, "top example") + ", or fewer  \n"
                        : "After its " + Count.of(examples, "top example") + " and " + Count.of(random, "random token")
                                + ", or fewer  \n"
                                + Arrays.stream(Place.values())
                                        .map(place ->
                                                "**" + ConstantDoc.word(place) + "**: " + words(ConstantDoc.of(place)))
                                        .collect(Collectors.joining("; ", "", "  \n")))
                + with.stream()
                        .map(one -> "**" + ConstantDoc.word(one) + "**: " + words(ConstantDoc.of(one)))
                        .collect(Collectors.joining("; ", "", "  \n"))
                + "Intervals resample examples.";
    }

    /** A sentence as a part of another. */
    private static String words(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, sentence.length() - 1);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "nats";
    }

    @Override
    public String parts() {
        return "part";
    }
}
