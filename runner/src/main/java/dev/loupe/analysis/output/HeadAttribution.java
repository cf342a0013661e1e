package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.select.Sweep;
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
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Direct logit attribution of heads alone, by layer and head, so that heads can be found by it (`heads-from`, `roles`), and
 * also under an intervention, so that it shows which heads write more when another one is taken away (self-repair).
 */
@Named("head-attribution")
@Doc("Direct logit attribution of heads: what each head adds directly to the logit difference of columns "
        + "`answer` and `wrong`, by layer and head, with the scale of the final normalisation in the run that is read.")
@Example("{head-attribution: END}")
public record HeadAttribution(
        @Key("head-attribution") @Doc("The named position to read.")
        String at,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions of this spec that are applied in the run. Without any, the " + "unedited run.")
        @NameOf(value = "intervention", inPlace = Intervention.class)
        List<String> under,

        @Nullable
        @Doc("How several answers or wrong answers of a row are combined. `mean`: mean logit of the answers "
                + "minus mean logit of the wrong answers; `max`: logit of the most probable answer minus logit of "
                + "the most probable wrong answer, in the run that is read; `first`: the first of each. `sum` is an "
                + "error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements OutputAnalysis {
    public HeadAttribution {
        AnswerOption.checkOfLogits(answers);
        under = List.copyOf(under);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Written reading = new Written(at, answers, planning.has(Site.LN_FINAL_SCALE));
        boolean edited = !under.isEmpty();
        ComposedInterventions together = edited ? ComposedInterventions.of(planning::intervention, under) : null;
        Sweep sweep = together == null ? Sweep.NOTHING : together.sweep(planning);
        String rows = together == null ? planning.on() : together.rows(planning.on());
        int run = planning.run(
                planning.rows(rows),
                sweep.cells(),
                reading.captures(planning.model().shape()),
                reading.logits());
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), sweep.axes(), sweep.absent()));
    }

    /** The reading. */
    record Written(String at, @Nullable Reduction answers, boolean scaled) implements RowReading {
        @Override
        public List<HookPoint> captures(ModelShape shape) {
            List<HookPoint> points = new ArrayList<>();
            for (int layer = 0; layer < shape.layers(); layer++) {
                points.add(HookPoint.of(Site.Z, layer));
            }
            points.addAll(AskedResidual.outputScales(shape, Site.LN1_POST_SCALE));
            if (scaled) {
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
            return List.of(Axis.counted("layer", shape.layers()), Axis.counted("head", shape.heads()));
        }

        /** A logit difference is taken apart: what it needs. */
        @Override
        public void check(TokenRows rows) {
            AnswerOption.checkDifference(rows, at, answers, label());
        }

        @Override
        public RowValues read(Batch batch) {
            ModelShape shape = batch.shape();
            AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), scaled);
            int rows = batch.rows().rows();
            int width = shape.layers() * shape.heads();
            RowValues out = RowValues.zeros(rows * width);
            for (int layer = 0; layer < shape.layers(); layer++) {
                float[] heads = asked.heads(layer);
                for (int i = 0; i < asked.count(); i++) {
                    for (int h = 0; h < shape.heads(); h++) {
                        int to = asked.row(i) * width + layer * shape.heads() + h;
                        out.numerator()[to] += heads[i * shape.heads() + h];
                        out.denominator()[to]++;
                    }
                }
            }
            return out;
        }

        @Override
        public String label() {
            return "attribution of heads at " + at + AnswerOption.label(answers);
        }
    }

    @Override
    public List<String> edits() {
        return under;
    }

    @Override
    public String title() {
        return under.isEmpty()
                ? "Direct logit attribution of heads"
                : "Direct logit attribution of heads under " + String.join(", ", under);
    }

    @Override
    public String formula() {
        return "head output, centred where the final normalisation centres, over that normalisation's scale, times its gain,"
                + " times (" + AnswerOption.words(answers, "W_U", "", TokenSet.ANSWER) + " - "
                + AnswerOption.words(answers, "W_U", "", TokenSet.WRONG)
                + "), before a soft-cap of the logits; the scale of a norm on attention's output is held like the final one"
                + " and its gain is in each part; heads only, so it does not sum to the difference: MLPs, embeddings and"
                + " biases are in `direct-attribution`";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public String parts() {
        return "";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
