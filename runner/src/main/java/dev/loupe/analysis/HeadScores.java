package dev.loupe.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Batch;
import dev.loupe.metric.RowReading;
import dev.loupe.metric.RowValues;
import dev.loupe.plan.Collect;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;
import dev.loupe.schema.OneOrMany;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores every head by where it attends. The target keys follow from the tokens alone; patterns are only read, never
 * changed.
 */
@Named("head-scores")
@Doc("Score every head by its attention pattern: which share goes where a previous-token, duplicate-token or induction"
        + " head would look.")
@Example("{head-scores: [PREV, DUP, IND]}")
public record HeadScores(
        @OneOrMany @Key("head-scores") @Doc("Which scores; the definition goes with the name.")
        List<HeadScore> scores,

        @Default("everywhere") @Doc("Only queries of this position class or named position count.")
        String at)
        implements Analysis, RowReading {
    public HeadScores {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("name at least one score, such as IND");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        int run = planning.clean(planning.rows(planning.on()), captures(shape), LogitsRead.NONE);
        return planning.builder().add(id -> new Collect(id, this, List.of(run), List.of()));
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
                new Axis("score", scores.stream().map(Enum::name).toList()),
                Axis.counted("layer", shape.layers()),
                Axis.counted("head", shape.heads()));
    }

    @Override
    public void check(TokenRows rows) {
        if (rows.rows() > 0) {
            rows.belongs(at, 0, 0);
        }
    }

    /** Per row: the attention on target keys summed over counted queries, and how many were counted. */
    @Override
    public RowValues read(Batch batch) {
        int[][] tokens = batch.rows().tokens();
        int rows = tokens.length;
        int length = tokens[0].length;
        int kinds = scores.size();
        double[][] counted = new double[kinds][rows];
        float[] mask = new float[rows * length * length * kinds];
        for (int s = 0; s < kinds; s++) {
            HeadScore score = scores.get(s);
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < length; i++) {
                    int asked = batch.rows().target(r, i);
                    if (!batch.rows().belongs(at, r, i) || !score.counts(tokens[r], asked, i)) {
                        continue;
                    }
                    counted[s][r]++;
                    for (int j = 0; j < length; j++) {
                        if (score.isTarget(tokens[r], asked, i, j)) {
                            mask[((r * length + i) * length + j) * kinds + s] = 1;
                        }
                    }
                }
            }
        }
        // Attention to all targets at once as a product: nothing of a pattern's size is made.
        long cells = (long) length * length;
        NDArray targets = batch.manager().create(mask, new Shape(rows, cells, kinds));
        List<NDArray> layers = new ArrayList<>();
        for (HookPoint point : captures(batch.shape())) {
            NDArray pattern = batch.at(point);
            NDArray flat = pattern.reshape(rows, pattern.getShape().get(1), cells);
            layers.add(flat.matMul(targets).transpose(0, 2, 1).expandDims(2));
        }
        // [row, score, layer, head]
        float[] sums = NDArrays.concat(new NDList(layers), 2).toFloatArray();
        int inner = sums.length / (rows * scores.size());
        RowValues out = RowValues.zeros(sums.length);
        for (int r = 0; r < rows; r++) {
            for (int s = 0; s < scores.size(); s++) {
                // mul: each query's attention sums to 1, so all attention of a row is its length.
                for (int i = 0; i < inner; i++) {
                    int at = (r * scores.size() + s) * inner + i;
                    // Both are divided by the row's count for mul: a list of prompts is the mean of each one's score.
                    double scale = scores.get(s).overAllQueries() ? counted[s][r] : 1;
                    out.numerator()[at] = sums[at] / scale;
                    out.denominator()[at] = counted[s][r] / scale;
                }
            }
        }
        return out;
    }

    @Override
    public String label() {
        return "head scores " + scores;
    }

    @Override
    public String title() {
        return "Head scores";
    }

    @Override
    public String formula(String part) {
        return scores.stream()
                        .filter(s -> s.name().equals(part))
                        .map(HeadScores::doc)
                        .findFirst()
                        .orElseGet(this::formula)
                + (at.equals("everywhere") ? "" : " Queries of class `" + at + "` only.");
    }

    @Override
    public String formula() {
        StringBuilder text = new StringBuilder();
        for (HeadScore score : scores) {
            text.append("**")
                    .append(score.name())
                    .append("**: ")
                    .append(doc(score))
                    .append("  \n");
        }
        return text.toString();
    }

    static String doc(HeadScore score) {
        try {
            Doc doc = HeadScore.class.getField(score.name()).getAnnotation(Doc.class);
            return doc == null ? "" : doc.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String unit() {
        return "share of attention";
    }

    @Override
    public String parts() {
        return "score";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
