package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logit difference that the residual stream holds at each depth (nostalgebraist 2020; with the final scale held, TransformerLens' accumulated residual). */
@Named("logit-lens")
@Doc(
        "The logit lens: what the residual stream would predict before each block, between attention and MLP, and at the end. "
                + "Without `read` it is the logit difference of columns `answer` and `wrong`, without biases, and the scale of the final "
                + "normalisation is the scale of the complete run, so that differences between depths add up. With `read` any metric of the "
                + "output is read, as if the model ended at each depth: at the last depth it is the metric of the model itself.")
@Example("{logit-lens: END, read: answer-probability}")
public record LogitLens(
        @Key("logit-lens")
        @Doc("The named position to read; with `read`, the position or position class of the metric.")
        String at,

        @OneOrMany
        @Default("[]")
        @Doc("Metrics of this spec by their names, or written here.")
        @NameOf(value = "metric", inPlace = Metric.class)
        List<String> read,

        @OnlyWith("read")
        @Default("all")
        @Doc("`all`: one number for each depth; `position`: one for each depth and position, on an axis `pos`.")
        Per per,

        @Nullable @Doc("The normalisation scale. Default: `held`; with `read`, `own`.")
        Scale scale,

        @Nullable
        @Doc("How several answers or wrong answers of a row are combined. `mean`: mean logit of the answers "
                + "minus mean logit of the wrong answers; `max`: logit of the most probable answer minus logit of "
                + "the most probable wrong answer, in the run that is read; `first`: the first of each. `sum` is an "
                + "error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements OutputAnalysis {
    public LogitLens {
        read = List.copyOf(read);
        AnswerOption.checkOfLogits(answers);
        if (!read.isEmpty() && answers != null) {
            throw new IllegalArgumentException(
                    "with `read`, what is read of several answers is an option of the metric: "
                            + "leave `answers` out here");
        }
    }

    /** What becomes one number. */
    public enum Per {
        ALL,
        POSITION
    }

    /** The scale of the final normalisation. */
    public enum Scale {
        @Doc("The scale of the complete run: the difference between two depths is what the layers between them add.")
        HELD,
        @Doc("The scale at each depth, as if the network ended there: the logit lens of nostalgebraist.")
        OWN
    }

    private Scale used() {
        return scale != null ? scale : read.isEmpty() ? Scale.HELD : Scale.OWN;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        RowsRef rows = planning.rows(planning.on());
        ResidualSites sites = ResidualSites.of(planning);
        RowReading depths = read.isEmpty()
                ? new LensDifference(at, answers, sites, used())
                : LensMetrics.of(planning, read, at, used(), per == Per.POSITION ? rows.longest() : 0);
        int run = planning.clean(rows, depths.captures(shape), depths.logits());
        return planning.builder().add(id -> new ReadRows(id, depths, List.of(run), List.of()));
    }

    @Override
    public List<String> reads() {
        return read;
    }

    @Override
    public String parts() {
        return read.size() < 2 ? "" : "metric";
    }

    @Override
    public String formula(Metric metric) {
        return metric.formula()
                + ", of the logits that the final normalisation and the unembedding make of the residual "
                + "stream at each depth"
                + (used() == Scale.OWN ? "" : ", with the normalisation scale of the complete run");
    }

    @Override
    public String title() {
        return "Logit lens";
    }

    @Override
    public String formula() {
        return "residual . (" + AnswerOption.words(answers, "W_U", "", TokenSet.ANSWER) + " - "
                + AnswerOption.words(answers, "W_U", "", TokenSet.WRONG) + ") / scale of the final normalisation"
                + (used() == Scale.OWN ? " as the residual there would have it" : "")
                + ", centred where that is a LayerNorm; without the biases of that normalisation and of the "
                + "unembedding, and before a soft-cap of the logits";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Metric.side(metrics);
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public Figure figure() {
        return per == Per.POSITION ? Figure.MAP : Figure.LINES;
    }
}
