package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The logit difference that the residual stream holds at each depth (nostalgebraist 2020; with the final scale held, TransformerLens' accumulated residual). */
@Named("logit-lens")
@Doc("The logit lens: the logit difference of columns `answer` and `wrong` read from the residual stream before "
        + "each block, between attention and MLP, and at the end. By default the scale of the final normalisation "
        + "is frozen, so that differences between depths add up; with `scale: own` it is computed at each depth.")
@Example("{logit-lens: END}")
public record LogitLens(
        @Key("logit-lens") @Doc("The named position to read.")
        String at,

        @Default("held") @Doc("The normalisation scale.") Scale scale,

        @Nullable
        @Doc("How several answers or wrong answers of a row are combined. `mean`: mean logit of the answers "
                + "minus mean logit of the wrong answers; `max`: logit of the most probable answer minus logit of "
                + "the most probable wrong answer, in the run that is read; `first`: the first of each. `sum` is an "
                + "error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements OutputAnalysis {
    public LogitLens {
        AnswerOption.checkOfLogits(answers);
    }

    /** The scale of the final normalisation. */
    public enum Scale {
        @Doc("The scale of the complete run: the difference between two depths is what the layers between them add.")
        HELD,
        @Doc("The scale at each depth, as if the network ended there: the logit lens of nostalgebraist.")
        OWN
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Depths depths = new Depths(at, answers, ResidualSites.of(planning), scale);
        ModelShape shape = planning.model().shape();
        int run = planning.clean(planning.rows(planning.on()), depths.captures(shape), depths.logits());
        return planning.builder().add(id -> new ReadRows(id, depths, List.of(run), List.of()));
    }

    /** The reading on a model with those sites. */
    record Depths(String at, @Nullable Reduction answers, ResidualSites sites, Scale scale) implements RowReading {
        private List<HookPoint> stream(ModelShape shape) {
            List<HookPoint> points = new ArrayList<>();
            for (int layer = 0; layer < shape.layers(); layer++) {
                points.add(HookPoint.of(Site.RESID_PRE, layer));
                if (sites.mid()) {
                    points.add(HookPoint.of(Site.RESID_MID, layer));
                }
            }
            points.add(HookPoint.of(Site.RESID_POST, shape.layers() - 1));
            return points;
        }

        @Override
        public List<HookPoint> captures(ModelShape shape) {
            List<HookPoint> points = new ArrayList<>(stream(shape));
            if (sites.scaled()) {
                points.add(HookPoint.of(Site.LN_FINAL_SCALE));
            }
            return points;
        }

        @Override
        public LogitsRead logits() {
            return new LogitsRead(LogitsRead.Extent.AT, at);
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            List<String> labels = new ArrayList<>();
            for (HookPoint point : stream(shape)) {
                String end = point.site() == Site.RESID_PRE ? "_pre" : "_mid";
                labels.add(point.site() == Site.RESID_POST ? "final_post" : point.layer() + end);
            }
            return List.of(new Axis("depth", labels));
        }

        /** A logit difference is taken apart: what it needs. */
        @Override
        public void check(TokenRows rows) {
            AnswerOption.checkDifference(rows, at, answers, label());
        }

        @Override
        public RowValues read(Batch batch) {
            AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), sites.scaled());
            List<HookPoint> points = stream(batch.shape());
            RowValues out = RowValues.zeros(batch.rows().rows() * points.size());
            for (int p = 0; p < points.size(); p++) {
                HookPoint point = points.get(p);
                float[] values = scale == Scale.OWN ? asked.lens(point) : asked.part(point);
                for (int i = 0; i < values.length; i++) {
                    out.numerator()[asked.row(i) * points.size() + p] += values[i];
                    out.denominator()[asked.row(i) * points.size() + p]++;
                }
            }
            return out;
        }

        @Override
        public String label() {
            return "logit lens at " + at + AnswerOption.label(answers) + (scale == Scale.OWN ? ", own scale" : "");
        }
    }

    @Override
    public String title() {
        return "Logit lens";
    }

    @Override
    public String formula() {
        return "residual . (" + AnswerOption.words(answers, "W_U", "", TokenSet.ANSWER) + " - "
                + AnswerOption.words(answers, "W_U", "", TokenSet.WRONG) + ") / scale of the final normalisation"
                + (scale == Scale.OWN ? " as the residual there would have it" : "")
                + ", centred where that is a LayerNorm; without the biases of that normalisation and of the "
                + "unembedding, and before a soft-cap of the logits";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public Figure figure() {
        return Figure.LINES;
    }
}
