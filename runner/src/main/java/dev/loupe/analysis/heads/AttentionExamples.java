package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.Patterns;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/** Attention patterns of a few rows, to look at. */
@Named("attention")
@Doc("Keep the attention patterns of every head on the first few rows.")
@Example("{attention: 2}")
public record AttentionExamples(
        @Doc("Number of rows to keep, 1 to 16.") int attention)
        implements HeadAnalysis, Summary<List<AttentionPatterns.Example>> {
    public AttentionExamples {
        if (attention < 1 || attention > 16) {
            throw new IllegalArgumentException("keep 1 to 16 rows, not " + attention);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        int run = planning.clean(
                planning.rows(planning.on()), captures(planning.model().shape()), LogitsRead.NONE);
        return planning.builder().add(id -> new Summarise(id, this, run));
    }

    @Override
    public List<AttentionPatterns.Example> part(Batch batch, int[] which) {
        int kept = Math.min(attention, batch.rows().rows());
        int length = batch.rows().tokens()[0].length;
        int heads = batch.shape().heads();
        List<AttentionPatterns.Example> examples = new ArrayList<>();
        for (int r = 0; r < kept; r++) {
            double[] all = new double[batch.shape().layers() * heads * length * length];
            int at = 0;
            List<String> names = new ArrayList<>();
            for (HookPoint point : captures(batch.shape())) {
                for (float weight : batch.at(point).get(r).toFloatArray()) {
                    int query = at / length % length;
                    int key = at % length;
                    all[at++] = batch.causal() && key > query ? Double.NaN : weight;
                }
                for (int h = 0; h < heads; h++) {
                    names.add("L" + point.layer() + "H" + h);
                }
            }
            List<Axis> axes =
                    List.of(new Axis("head", names), Axis.counted("query", length), Axis.counted("key", length));
            examples.add(new AttentionPatterns.Example(batch.text(r), new NamedArray(axes, all)));
        }
        return examples;
    }

    @Override
    public List<AttentionPatterns.Example> merge(
            List<AttentionPatterns.Example> left, List<AttentionPatterns.Example> right) {
        List<AttentionPatterns.Example> all = new ArrayList<>(left);
        all.addAll(right);
        return all.subList(0, Math.min(attention, all.size()));
    }

    @Override
    public StepValue finish(List<AttentionPatterns.Example> whole) {
        return new StepValue.Examples(whole);
    }

    @Override
    public boolean enough(List<AttentionPatterns.Example> part) {
        return part.size() >= attention;
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return Patterns.all(shape);
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public String label() {
        return "attention patterns of " + Count.of(attention, "row");
    }

    @Override
    public String title() {
        return "Attention patterns";
    }

    @Override
    public String formula() {
        return "attention weights after the softmax; rows are queries and sum to 1";
    }

    @Override
    public boolean numbers() {
        return false;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "share of attention";
    }
}
