package dev.loupe.analysis.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.Patterns;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.FloatsInPlace;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores every head by where it attends. The target keys follow from the tokens alone; patterns are only read, never
 * changed.
 */
@Named("head-scores")
@Doc("Score every head by its attention pattern: the share of attention that goes where a previous-token, "
        + "duplicate-token or induction head would attend.")
@Example("{head-scores: [PREV, DUP, IND]}")
public record HeadScores(
        @OneOrMany @Key("head-scores") @Doc("The scores.") List<HeadScoreKind> scores,

        @Default("everywhere") @Doc("Only queries at this position class or named position count.")
        String at,

        @OneOrMany
        @Default("[]")
        @Doc("Keys that do not count as targets; MUL and ABS scores ignore attention to them, as TransformerLens "
                + "does.")
        List<Excluded> exclude)
        implements HeadAnalysis, RowReading {
    /** A buffer of the engine's memory has less than 2^31 bytes. */
    private static final int MOST_IN_A_BUFFER = 1 << 28;

    private static final int[] NOT_ASKED = {};

    /** Keys of a query. */
    public enum Excluded {
        @Doc("The row's first position (TransformerLens: exclude_bos).")
        BOS {
            @Override
            boolean is(int query, int key) {
                return key == 0;
            }
        },
        @Doc("The query itself (TransformerLens: exclude_current_token).")
        CURRENT_TOKEN {
            @Override
            boolean is(int query, int key) {
                return key == query;
            }
        };

        abstract boolean is(int query, int key);
    }

    public HeadScores {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("name at least one score, such as IND");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        int run = planning.clean(planning.rows(planning.on()), captures(shape), LogitsRead.NONE);
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

    /**
     * Per row: the attention on target keys summed over counted queries, and how many were counted. Of TransformerLens' scores
     * the row's own score and 1, so that several rows give the mean of each one's score.
     */
    @Override
    public RowValues read(Batch batch) {
        Targets targets = targets(batch);
        double[] sums = attention(batch, targets.cells());
        int rows = batch.rows().rows();
        int kinds = scores.size() + 1;
        int inner = sums.length / (rows * kinds);
        RowValues out = RowValues.zeros(rows * scores.size() * inner);
        for (int r = 0; r < rows; r++) {
            for (int s = 0; s < scores.size(); s++) {
                double counted = targets.counted()[s][r];
                for (int i = 0; i < inner; i++) {
                    int at = (r * scores.size() + s) * inner + i;
                    double on = sums[(r * kinds + s) * inner + i];
                    if (scores.get(s).measure() == HeadScoreKind.Measure.MEAN || counted == 0) {
                        out.numerator()[at] = on;
                        out.denominator()[at] = counted;
                        continue;
                    }
                    // A query's attention sums to 1.
                    double all = counted - sums[(r * kinds + scores.size()) * inner + i];
                    // Targets are 1 and attention lies between 0 and 1: the sum of |A - 1| + the sum of A elsewhere.
                    double distance = all + targets.keys()[s][r] - 2 * on;
                    out.numerator()[at] =
                            scores.get(s).measure() == HeadScoreKind.Measure.MUL ? on / all : 1 - distance / counted;
                    out.denominator()[at] = 1;
                }
            }
        }
        return out;
    }

    /**
     * What counts in the rows of a batch.
     *
     * @param cells what is summed, by row
     * @param counted queries, by score and row
     * @param keys targets, by score and row
     */
    private record Targets(List<PatternCells> cells, double[][] counted, double[][] keys) {}

    private Targets targets(Batch batch) {
        TokenRows rows = batch.rows();
        TokenRows.Place counted = rows.place(at);
        boolean asks = scores.stream().anyMatch(HeadScoreKind::asks);
        int count = rows.rows();
        Targets out =
                new Targets(new ArrayList<>(), new double[scores.size()][count], new double[scores.size()][count]);
        for (int r = 0; r < count; r++) {
            out.cells().add(new PatternCells(scores.size() + 1));
            for (int i = 0; i < rows.tokens()[r].length; i++) {
                if (counted.has(r, i)) {
                    query(out, rows.tokens()[r], asks ? rows.answers(r, i) : NOT_ASKED, r, i);
                }
            }
        }
        return out;
    }

    private void query(Targets out, int[] tokens, int[] asked, int row, int i) {
        PatternCells cells = out.cells().get(row);
        int first = i * tokens.length;
        // Attention to what lies after the query is 0.
        for (int j = 0; j <= i && !exclude.isEmpty(); j++) {
            if (excluded(i, j)) {
                cells.add(first + j, scores.size());
            }
        }
        for (int s = 0; s < scores.size(); s++) {
            if (scores.get(s).counts(tokens, asked, i)) {
                int score = s;
                out.counted()[s][row]++;
                scores.get(s).targets(tokens, asked, i, j -> {
                    if (!excluded(i, j)) {
                        cells.add(first + j, score);
                        out.keys()[score][row]++;
                    }
                });
            }
        }
    }

    private boolean excluded(int query, int key) {
        for (Excluded kind : exclude) {
            if (kind.is(query, key)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Attention to all cells of a kind: [row, kind, layer, head]. They are read where they lie in the engine's memory: few of a
     * pattern are asked for, and to gather them into an array took four times as long.
     */
    private double[] attention(Batch batch, List<PatternCells> cells) {
        int rows = cells.size();
        int kinds = scores.size() + 1;
        int length = batch.rows().tokens()[0].length;
        List<HookPoint> points = captures(batch.shape());
        int heads = batch.shape().heads();
        int size = Math.multiplyExact(length, length);
        int atOnce = Math.max(1, MOST_IN_A_BUFFER / size);
        double[] sums = new double[rows * kinds * points.size() * heads];
        for (int layer = 0; layer < points.size(); layer++) {
            NDArray each = batch.at(points.get(layer)).reshape((long) rows * heads, size);
            for (int from = 0; from < rows * heads; from += atOnce) {
                int to = Math.min(rows * heads, from + atOnce);
                NDArray some = atOnce < rows * heads ? each.get(new NDIndex().addSliceDim(from, to)) : each;
                FloatBuffer patterns = FloatsInPlace.of(some);
                for (int i = from; i < to; i++) {
                    PatternCells asked = cells.get(i / heads);
                    for (int kind = 0; kind < kinds; kind++) {
                        int place = ((i / heads * kinds + kind) * points.size() + layer) * heads + i % heads;
                        sums[place] = asked.sum(kind, patterns, (i - from) * size);
                    }
                }
            }
        }
        return sums;
    }

    @Override
    public String label() {
        return "head scores " + scores + (exclude.isEmpty() ? "" : " without " + exclude);
    }

    @Override
    public String title() {
        return "Head scores";
    }

    @Override
    public String formula(String part) {
        return scores.stream()
                        .filter(s -> s.name().equals(part))
                        .map(ConstantDoc::of)
                        .findFirst()
                        .orElseGet(this::formula)
                + (at.equals("everywhere") ? "" : " Queries of class `" + at + "` only.")
                + (exclude.isEmpty()
                        ? ""
                        : " Keys left out: "
                                + String.join(
                                        ", ",
                                        exclude.stream().map(ConstantDoc::word).toList()) + ".");
    }

    @Override
    public String formula() {
        StringBuilder text = new StringBuilder();
        for (HeadScoreKind score : scores) {
            text.append("**")
                    .append(score.name())
                    .append("**: ")
                    .append(ConstantDoc.of(score))
                    .append("  \n");
        }
        return text.toString();
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
        return "score";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
