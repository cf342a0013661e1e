package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A reading with its arithmetic: from a batch to one value per row. */
public interface RowReading extends Readout {
    @Override
    default RowReading renamed(IntUnaryOperator names) {
        return this;
    }

    /** Reads every row of the batch; the values' axes are {@link Readout#axes}. */
    RowValues read(Batch batch);

    /**
     * Checks, before anything runs, that the rows have every position, class and column that is read.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    default void check(TokenRows rows) {}

    /**
     * The same, and that a model of this shape predicts every token that is asked for.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    default void check(TokenRows rows, ModelShape shape) {
        check(rows);
    }

    /** The axes of what {@link #read} gives for one row, where they are not yet those of the value. */
    default List<Axis> axesPerRow(ModelShape shape, RowsRef rows) {
        return axes(shape, rows);
    }

    /** The value, from what {@link #read} gave for all rows: for numbers that are chosen only when all rows are known. */
    default RowTable whole(RowTable perRow) {
        return perRow;
    }
}
