package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.ActivationSample;
import dev.loupe.analysis.sampled.PositionSample;
import dev.loupe.analysis.sampled.SampledPositions;
import dev.loupe.analysis.sampled.ScalarSample;
import dev.loupe.analysis.sampled.TokenScalar;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.DistributionPart;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How activations are distributed over tokens. */
@Named("distribution")
@Doc(
        "How the activation of each neuron is distributed over positions: moments, tails, distance from a normal distribution, "
                + "number of modes. With `of` the same for scalars of each token, such as the scale of SoLU's LayerNorm. Intervals "
                + "leave out groups of documents, of which there must be at least 20. `reduce` over `neuron` gives the median of a "
                + "layer; statistics are of each neuron by itself, since neurons of different spread pooled make heavy tails.")
@Example("{distribution: [excess-kurtosis, skew, ks-normal], site: mlp.pre, sample: {count: 4000, seed: 1}}")
public record ActivationDistribution(
        @Key("distribution") @OneOrMany @Doc("What is said of each distribution.")
        List<DistributionPart> statistics,

        @Nullable @Doc("The hook point of the neurons. Default: `mlp.post`.")
        SiteName site,

        @OneOrMany @Default("[]") @Doc("Scalars of each token instead of neurons.")
        List<TokenScalar> of,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Doc("The positions that are read.") SampledPositions sample)
        implements NeuronAnalysis {
    public ActivationDistribution {
        statistics = List.copyOf(statistics);
        of = List.copyOf(of);
        layers = List.copyOf(layers);
        if (statistics.isEmpty() || statistics.stream().distinct().count() < statistics.size()) {
            throw new IllegalArgumentException("`distribution` names at least one statistic, each once");
        }
        if (!of.isEmpty() && site != null) {
            throw new IllegalArgumentException(
                    "`of` names the activations that its scalars are made from: leave out `site`");
        }
        if (site != null && !site.site().axes().contains("d_mlp")) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
    }

    private Site neurons() {
        return site == null ? Site.MLP_POST : site.site();
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        RowsRef rows = planning.rows(planning.on());
        List<Integer> which =
                layers.isEmpty() ? IntStream.range(0, shape.layers()).boxed().toList() : layers;
        which.forEach(shape::requireLayer);
        List<Site> sites = of.isEmpty() ? List.of(neurons()) : TokenScalar.sites(of);
        sites.forEach(one -> which.forEach(layer -> planning.point(one, layer)));
        if (of.isEmpty()) {
            sample.requireRoom(rows.rows(), (long) shape.dMlp() * which.size());
        }
        PositionSample reading = of.isEmpty()
                ? new ActivationSample(neurons(), which, sample, rows.rows())
                : new ScalarSample(of, which, sample, rows.rows());
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        int sampled = planning.builder().add(id -> new Summarise(id, reading, run));
        Axis quantity = of.isEmpty()
                ? Axis.counted("neuron", shape.dMlp())
                : new Axis("scalar", of.stream().map(TokenScalar::word).toList());
        Axis layer = new Axis("layer", which.stream().map(String::valueOf).toList());
        return planning.builder()
                .add(id -> new DescribeSample(id, sampled, rows, statistics, List.of(layer, quantity)));
    }

    @Override
    public String title() {
        return of.isEmpty() ? "Distribution of `" + neurons().canonical() + "`" : "Distribution of scalars";
    }

    @Override
    public String formula() {
        StringBuilder text = new StringBuilder();
        statistics.forEach(part -> text.append("**")
                .append(part.word())
                .append("**: ")
                .append(ConstantDoc.of(part))
                .append("  \n"));
        return text.toString();
    }

    @Override
    public String formula(String word) {
        return statistics.stream()
                .filter(part -> part.word().equals(word))
                .findFirst()
                .map(ConstantDoc::of)
                .orElseGet(this::formula);
    }

    @Override
    public String parts() {
        return "part";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public Figure figure() {
        return of.isEmpty() ? Figure.HISTOGRAM : Figure.TABLE;
    }

    @Override
    public String unit() {
        return "";
    }
}
