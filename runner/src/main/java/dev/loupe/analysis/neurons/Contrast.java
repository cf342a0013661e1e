package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.ActivationsAt;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.ContrastFactors;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** What crossed factors do to neurons: main effects, and whether both together do more than the sum. */
@Named("contrast")
@Doc(
        "How one or two factors of crossed prompts (`factorial`, `language-grid`) change the activation of every neuron. With two "
                + "factors, the interaction says whether their levels mean something together. A convex activation function makes "
                + "interactions out of any sum that crosses its bend, so that 0 is not chance: use `chance: {shuffled-pairs: ...}`.")
@Example("{contrast: mlp.post, factors: [stem, last], layers: [0]}")
public record Contrast(
        @Key("contrast") @Doc("The hook point of the neurons, such as `mlp.post`.")
        SiteName site,

        @OneOrMany @Doc("One or two labels of the dataset that are `own` or `other`.")
        List<String> factors,

        @Default("END") @Doc("Named position or position class where neurons are read.")
        String at,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Default("")
        @Doc("A label of the dataset, such as `pair`, one result for each of its values, on an axis of its name.")
        String by)
        implements NeuronAnalysis {
    /** Above this a table would not fit beside everything else. */
    private static final long MOST_BYTES = 1_000_000_000;

    public Contrast {
        factors = List.copyOf(factors);
        layers = List.copyOf(layers);
        if (factors.isEmpty()
                || factors.size() > 2
                || factors.stream().distinct().count() < factors.size()) {
            throw new IllegalArgumentException("`factors` names one or two labels, each once");
        }
        if (!site.site().hasUnits()) {
            throw new IllegalArgumentException("`" + site + "` has no neurons; `mlp.post` has");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        List<Integer> which = planning.layers(site.site(), layers);
        RowsRef rows = planning.rows(planning.on());
        for (String factor : factors) {
            if (!rows.values(factor).equals(List.of("own", "other"))) {
                throw new IllegalArgumentException("label `" + factor + "` of dataset `" + rows.name()
                        + "` is not a factor: its values are not `own` and `other`");
            }
        }
        List<String> kinds = by.isEmpty() ? List.of() : rows.values(by);
        // With `by` a row of the result is one group of each value.
        long groups = (rows.rows() >> factors.size()) / Math.max(1, kinds.size()) + 1;
        long bytes = 16L * groups * Math.max(1, kinds.size()) * 5 * which.size() * shape.units(site.site(), which);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the result would take " + bytes / 1_000_000 + " MB, and at most "
                    + MOST_BYTES / 1_000_000 + " are kept: name fewer `layers`, or leave `by` out");
        }
        ActivationsAt reading = new ActivationsAt(site.site(), which, at);
        int run = planning.clean(rows, reading.captures(shape), LogitsRead.NONE);
        int values = planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
        return planning.builder().add(id -> new ContrastFactors(id, values, rows, factors, by, kinds));
    }

    @Override
    public String title() {
        return "Contrast of crossed prompts";
    }

    @Override
    public String formula() {
        if (factors.size() == 1) {
            return "**effect**: activation with the own level minus with the other one, mean over groups  \n"
                    + "**scaled**: the same over the standard deviation within a level  \n"
                    + "**win-rate**: share of groups in which the own level gives more, ties half";
        }
        String a = factors.get(0);
        String b = factors.get(1);
        return "y(" + a + ", " + b
                + ") is the activation with the own (1) or other (0) level of each factor, means are over "
                + "groups  \n**interaction**: y(1, 1) - y(0, 1) - y(1, 0) + y(0, 0); **scaled**: the same over the standard "
                + "deviation within the four cells, undefined where that is 0  \n"
                + "**and-ness**: the smaller of y(1, 1) - y(0, 1) and y(1, 1) - y(1, 0)  \n**" + a + "**, **" + b
                + "**: main effects, half the sum of the effect at both levels of the other factor";
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
