package dev.loupe.metric.inside;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.edit.Direction;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The metric {@link Activation} along a direction, in one model: x . u with u of length 1.
 *
 * @param written the metric of the spec
 * @param point where x is read [batch, pos, d]
 * @param direction of u
 */
record Coordinate(Activation written, HookPoint point, Direction direction) implements Metric {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of(point);
    }

    @Override
    public List<Integer> summaries() {
        return direction.summaries();
    }

    @Override
    public Coordinate renamed(IntUnaryOperator names) {
        return new Coordinate(written, point, direction.renamed(names));
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public void check(TokenRows rows) {
        OutputAt.check(rows, written.at());
    }

    @Override
    public RowValues read(Batch batch) {
        TokenRows rows = batch.rows();
        RowValues out = RowValues.zeros(rows.rows());
        NDArray x = batch.at(point);
        NDArray unit = x.getManager().create(batch.unit(direction, point));
        float[] values = x.matMul(unit.reshape(-1, 1)).toFloatArray();
        int length = rows.rows() == 0 ? 0 : values.length / rows.rows();
        TakenPositions taken = new TakenPositions(written.at(), written.take());
        for (int row = 0; row < rows.rows(); row++) {
            taken.note(out, row, rows, row, values, row * length, 1, length);
        }
        return out;
    }

    @Override
    public String label() {
        return written.label();
    }

    @Override
    public String unit() {
        return written.unit();
    }

    @Override
    public boolean higherIsBetter() {
        return written.higherIsBetter();
    }

    @Override
    public String formula() {
        return written.formula();
    }
}
