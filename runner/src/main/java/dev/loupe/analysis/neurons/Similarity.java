package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.sampled.ActivationsAt;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** Whether the model makes the same of two ways of writing the same things. */
@Named("similarity")
@Doc(
        "How alike activations are in two datasets whose rows say the same in other tokens, row by row: the cosine of the residual "
                + "stream in each layer, less its mean over the rows of each dataset, or the correlation over rows of each neuron. Beside "
                + "it the same for rows that do not belong together.")
@Example("{similarity: resid_post, other: lower, seed: 1}")
public record Similarity(
        @Key("similarity")
        @Doc("The hook point: of the residual stream, such as `resid_post`, or of neurons, such as `mlp.post`.")
        SiteName site,

        @NameOf("dataset")
        @Doc(
                "The second dataset; the first one is the measurement's own dataset. The n-th rows of both belong together.")
        String other,

        @Default("END") @Doc("Named position or position class where both are read.")
        String at,

        @OneOrMany @Default("[]") @Doc("Only these layers. Default: all.")
        List<Integer> layers,

        @Default("")
        @Doc(
                "A label of the dataset: rows of the same value never count as rows that do not belong together. Default: any two different rows may.")
        String by,

        @Doc("Seed of the draw of rows that do not belong together.")
        long seed)
        implements NeuronAnalysis {
    /** Above this a table would not fit beside everything else. */
    private static final long MOST_BYTES = 1_000_000_000;

    public Similarity {
        layers = List.copyOf(layers);
        if (!site.site().hasUnits() && !site.site().axes().contains("d_model")) {
            throw new IllegalArgumentException(
                    "`" + site
                            + "` is neither a hook point of the residual stream, such as `resid_post`, nor of neurons, such as `mlp.post`");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<Integer> which = planning.layers(site.site(), layers);
        RowsRef rows = planning.rows(planning.on());
        RowsRef others = planning.rows(other);
        if (rows.rows() != others.rows()) {
            throw new IllegalArgumentException("`" + rows.name() + "` has " + rows.rows() + " rows and `"
                    + others.name() + "` has " + others.rows() + ", but the n-th rows of both belong together");
        }
        if (!by.isEmpty()) {
            rows.values(by);
        }
        ActivationsAt reading = new ActivationsAt(site.site(), which, at);
        long bytes = 16L
                * rows.rows()
                * which.size()
                * (site.site().hasUnits()
                        ? planning.model().shape().units(site.site(), which)
                        : planning.model().shape().dModel());
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the activations would take " + bytes / 1_000_000 + " MB, and at most "
                    + MOST_BYTES / 1_000_000 + " are kept: name fewer `layers`, or use fewer rows");
        }
        int first = read(planning, reading, rows);
        int second = read(planning, reading, others);
        return planning.builder()
                .add(id -> new CompareRows(
                        id, first, rows, second, others, site.site().hasUnits(), by, seed));
    }

    private static int read(AnalysisPlanning planning, ActivationsAt reading, RowsRef rows) {
        int run = planning.clean(rows, reading.captures(planning.model().shape()), LogitsRead.NONE);
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
    }

    @Override
    public String title() {
        return "Likeness of activations in two datasets";
    }

    @Override
    public String formula() {
        return (site.site().hasUnits()
                        ? "**same**: Pearson's r, over rows, of the activation in both datasets; undefined for a neuron that never changes"
                        : "**same**: cosine of both activations of a row, each less its mean over the rows of its dataset")
                + "  \n**other**: the same with the row of the second dataset exchanged for one that does not belong to it, drawn at random";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String parts() {
        return "part";
    }
}
