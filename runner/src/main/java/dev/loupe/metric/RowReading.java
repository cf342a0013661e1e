package dev.loupe.metric;

import dev.loupe.plan.Reading;

/** A reading with its arithmetic: from a batch to one value per row. */
public interface RowReading extends Reading {
    /** Reads every row of the batch; the values' axes are {@link Reading#axes}. */
    RowValues read(Batch batch);
}
