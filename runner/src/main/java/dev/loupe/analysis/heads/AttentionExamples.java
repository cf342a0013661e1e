package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Attention patterns of a few rows, to look at. */
@Named("attention")
@Doc("Keep the attention patterns of heads on the first few rows.")
@Example("{attention: 2, heads: [L0H0, L1H1]}")
public record AttentionExamples(
        @Doc("Number of rows to keep, 1 to 16.") int attention,

        @OneOrMany
        @Default("[]")
        @Doc("The heads, such as `L0H0`. Without it every head; a page of a large model is then large.")
        List<HeadName> heads)
        implements HeadAnalysis, Summary<List<AttentionPatterns.Example>> {
    public AttentionExamples {
        if (attention < 1 || attention > 16) {
            throw new IllegalArgumentException("keep 1 to 16 rows, not " + attention);
        }
        Set<HeadName> seen = new HashSet<>();
        for (HeadName head : heads) {
            if (!seen.add(head)) {
                throw new IllegalArgumentException("`heads` names " + head + " twice");
            }
        }
    }

    /** Of every head. */
    AttentionExamples(int attention) {
        this(attention, List.of());
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<HookPoint> read = captures(planning.model().shape());
        int run = planning.clean(planning.rows(planning.on()), read, LogitsRead.NONE);
        return planning.builder().add(id -> new Summarise(id, this, run));
    }

    @Override
    public List<AttentionPatterns.Example> part(Batch batch, int[] which) {
        int kept = Math.min(attention, batch.rows().rows());
        int length = batch.rows().tokens()[0].length;
        List<Planning.Head> chosen = chosen(batch.shape());
        List<String> names = chosen.stream().map(Planning.Head::toString).toList();
        List<AttentionPatterns.Example> examples = new ArrayList<>();
        for (int r = 0; r < kept; r++) {
            double[] all = new double[chosen.size() * length * length];
            for (HookPoint point : captures(batch.shape())) {
                float[] layer = batch.at(point).get(r).toFloatArray();
                for (int h = 0; h < chosen.size(); h++) {
                    if (chosen.get(h).layer() == point.layer()) {
                        copy(layer, chosen.get(h).head(), all, h, length, batch.causal());
                    }
                }
            }
            List<Axis> axes =
                    List.of(new Axis("head", names), Axis.counted("query", length), Axis.counted("key", length));
            examples.add(new AttentionPatterns.Example(batch.text(r), new NamedArray(axes, all)));
        }
        return examples;
    }

    /** The weights of one head [query, key] of a layer [head, query, key] to its place in [chosen head, query, key]. */
    private static void copy(float[] layer, int head, double[] to, int place, int length, boolean causal) {
        int square = length * length;
        for (int i = 0; i < square; i++) {
            boolean masked = causal && i % length > i / length;
            to[place * square + i] = masked ? Double.NaN : layer[head * square + i];
        }
    }

    /** The heads whose patterns are kept: those of the spec in its order, or all. */
    private List<Planning.Head> chosen(ModelShape shape) {
        if (!heads.isEmpty()) {
            return heads.stream().map(head -> head.in(shape)).toList();
        }
        List<Planning.Head> every = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.heads(); head++) {
                every.add(new Planning.Head(layer, head));
            }
        }
        return every;
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
        return chosen(shape).stream()
                .map(Planning.Head::layer)
                .distinct()
                .map(layer -> new HookPoint(Site.PATTERN, layer))
                .toList();
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
        String which = heads.isEmpty()
                ? ""
                : heads.stream().map(HeadName::toString).collect(Collectors.joining(", ", "", " on "));
        return "attention patterns of " + which + Count.of(attention, "row");
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
