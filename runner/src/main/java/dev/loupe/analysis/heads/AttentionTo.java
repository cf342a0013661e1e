package dev.loupe.analysis.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.Patterns;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;

/**
 * How much each head attends from one named position to others: from END to IO as a name mover does, from END to S2 as an
 * S-inhibition head does (Wang et al. 2022, section 3).
 */
@Named("attention-to")
@Doc(
        "How much each head attends from one named position of the dataset to others, such as from `END` to `IO` and `S2`.")
@Example("{attention-to: [IO, S1, S2], from: END}")
public record AttentionTo(
        @OneOrMany @Key("attention-to") @Doc("Names of the keys' positions or position classes.")
        List<String> attentionTo,

        @Default("END") @Doc("The named position or position class of the queries.")
        String from)
        implements HeadAnalysis, RowReading {
    public AttentionTo {
        attentionTo = List.copyOf(attentionTo);
        if (attentionTo.isEmpty()) {
            throw new IllegalArgumentException("name at least one position, such as `IO`");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<HookPoint> patterns = captures(planning.model().shape());
        int run = planning.clean(planning.rows(planning.on()), patterns, LogitsRead.NONE);
        return planning.builder().add(id -> new ReadRows(id, this, List.of(run), List.of()));
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
        return List.of(
                new Axis(parts(), attentionTo),
                Axis.counted("layer", shape.layers()),
                Axis.counted("head", shape.heads()));
    }

    @Override
    public void check(TokenRows rows) {
        if (rows.rows() > 0) {
            rows.belongs(from, 0, 0);
            attentionTo.forEach(key -> rows.belongs(key, 0, 0));
        }
    }

    /** Per row: the attention from the queries to the keys, summed over keys, and how many queries there are. */
    @Override
    public RowValues read(Batch batch) {
        int rows = batch.rows().rows();
        int length = batch.rows().tokens()[0].length;
        double[] queries = new double[rows];
        List<NDArray> perKey = new ArrayList<>();
        for (String name : attentionTo) {
            NDArray wanted =
                    batch.manager().create(mask(batch.rows(), name, queries), new Shape(rows, 1, length, length));
            List<NDArray> layers = new ArrayList<>();
            for (HookPoint point : captures(batch.shape())) {
                layers.add(batch.at(point).mul(wanted).sum(new int[] {2, 3}).expandDims(1));
            }
            perKey.add(NDArrays.concat(new NDList(layers), 1).expandDims(1));
        }
        float[] sums = NDArrays.concat(new NDList(perKey), 1).toFloatArray();
        RowValues out = RowValues.zeros(sums.length);
        int width = sums.length / rows;
        for (int i = 0; i < sums.length; i++) {
            out.numerator()[i] = sums[i];
            out.denominator()[i] = queries[i / width];
        }
        return out;
    }

    /** One where a counted query meets a wanted key; counts the queries of each row. */
    private float[] mask(TokenRows rows, String name, double[] queries) {
        int length = rows.tokens()[0].length;
        float[] mask = new float[rows.rows() * length * length];
        for (int r = 0; r < rows.rows(); r++) {
            queries[r] = 0;
            for (int i = 0; i < length; i++) {
                if (rows.belongs(from, r, i)) {
                    queries[r]++;
                    for (int j = 0; j <= i; j++) {
                        mask[(r * length + i) * length + j] = rows.belongs(name, r, j) ? 1 : 0;
                    }
                }
            }
        }
        return mask;
    }

    @Override
    public String label() {
        return "attention from " + from + " to " + attentionTo;
    }

    @Override
    public String title() {
        return "Attention from " + from;
    }

    @Override
    public String formula() {
        return "Mean over rows of the attention weight from `" + from + "` to "
                + String.join(", ", attentionTo.stream().map(k -> "`" + k + "`").toList())
                + ", for each position; where a name refers to several positions, their sum.";
    }

    @Override
    public String formula(String part) {
        return "Mean over rows of the attention weight from `" + from + "` to `" + part + "`.";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "share of attention";
    }

    @Override
    public String parts() {
        return "to";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
