package dev.loupe.analysis.heads;

import dev.loupe.analysis.reading.Patterns;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading of {@link TargetScores}.
 *
 * @param offsets how many offsets there are: the tokens of the longest row
 */
record TargetReading(TargetChoice target, String at, int offsets) implements RowReading {
    private static final List<String> SCORES = List.of("TARGET", "FIXED");

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
        return axes(shape, new Axis("score", SCORES));
    }

    /** The attention to targets, then the attention to each offset. */
    @Override
    public List<Axis> axesPerRow(ModelShape shape, RowsRef rows) {
        return axes(shape, Axis.counted("part", 1 + offsets));
    }

    private static List<Axis> axes(ModelShape shape, Axis first) {
        return List.of(first, Axis.counted("layer", shape.layers()), Axis.counted("head", shape.heads()));
    }

    @Override
    public void check(TokenRows rows) {
        target.check(rows);
        rows.place(at);
    }

    @Override
    public RowValues read(Batch batch) {
        int parts = 1 + offsets;
        ModelShape shape = batch.shape();
        int heads = shape.layers() * shape.heads();
        List<Query> queries = queries(batch.rows());
        RowValues out = RowValues.zeros(batch.rows().rows() * parts * heads);
        int length = batch.rows().tokens()[0].length;
        for (HookPoint point : captures(shape)) {
            float[] pattern = batch.at(point).toFloatArray();
            for (Query query : queries) {
                for (int h = 0; h < shape.heads(); h++) {
                    int from = ((query.row() * shape.heads() + h) * length + query.at()) * length;
                    int to = query.row() * parts * heads + point.layer() * shape.heads() + h;
                    for (int part = 0; part < parts; part++) {
                        out.denominator()[to + part * heads]++;
                    }
                    for (int key : query.targets()) {
                        out.numerator()[to] += pattern[from + key];
                    }
                    for (int key = 0; key <= query.at(); key++) {
                        out.numerator()[to + (1 + query.at() - key) * heads] += pattern[from + key];
                    }
                }
            }
        }
        return out;
    }

    /** A counted query and the keys that are its targets. */
    private record Query(int row, int at, List<Integer> targets) {}

    private List<Query> queries(TokenRows rows) {
        TokenRows.Place counted = rows.place(at);
        List<Query> queries = new ArrayList<>();
        for (int r = 0; r < rows.rows(); r++) {
            for (int i = 0; i < rows.tokens()[r].length; i++) {
                List<Integer> targets = new ArrayList<>();
                for (int j = 0; counted.has(r, i) && j < rows.tokens()[r].length; j++) {
                    if (target.isTarget(rows, r, i, j)) {
                        targets.add(j);
                    }
                }
                if (!targets.isEmpty()) {
                    queries.add(new Query(r, i, targets));
                }
            }
        }
        return queries;
    }

    /** TARGET as it is, FIXED at the offset that each head attends to most over all rows. */
    @Override
    public RowTable whole(RowTable perRow) {
        int heads = perRow.axes().get(1).size() * perRow.axes().get(2).size();
        int parts = perRow.axes().get(0).size();
        double[] means = perRow.estimate().data();
        RowValues out = RowValues.zeros(perRow.rows() * SCORES.size() * heads);
        for (int head = 0; head < heads; head++) {
            int best = 1;
            for (int part = 2; part < parts; part++) {
                best = means[part * heads + head] > means[best * heads + head] ? part : best;
            }
            for (int row = 0; row < perRow.rows(); row++) {
                for (int score = 0; score < SCORES.size(); score++) {
                    int to = (row * SCORES.size() + score) * heads + head;
                    int from = (row * parts + (score == 0 ? 0 : best)) * heads + head;
                    out.numerator()[to] = perRow.numerator()[from];
                    out.denominator()[to] = perRow.denominator()[from];
                }
            }
        }
        List<Axis> axes = new ArrayList<>(perRow.axes());
        axes.set(0, new Axis("score", SCORES));
        return new RowTable(axes, perRow.rows(), out.numerator(), out.denominator());
    }

    @Override
    public String label() {
        return "attention to " + target.describe() + (at.equals("everywhere") ? "" : " at " + at);
    }
}
