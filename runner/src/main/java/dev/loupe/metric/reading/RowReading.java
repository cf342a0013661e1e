package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.Readout;

/** A reading with its arithmetic: from a batch to one value per row. */
public interface RowReading extends Readout {
    /** Reads every row of the batch; the values' axes are {@link Readout#axes}. */
    RowValues read(Batch batch);

    /**
     * Checks, before anything runs, that the rows have every position, class and column that is read.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    default void check(TokenRows rows) {}
}
