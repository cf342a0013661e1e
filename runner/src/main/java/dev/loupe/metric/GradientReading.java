package dev.loupe.metric;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.Differentiable;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.Estimate;
import dev.loupe.plan.ask.LogitsRead;

/** An estimate with its arithmetic: from differences and gradients to one value per row. */
public interface GradientReading extends Estimate {
    /** What is differentiated; a {@link Differentiable}. */
    Metric metric();

    @Override
    default LogitsRead logits() {
        return metric().logits();
    }

    /** Reads every row of the batch; the values' axes are {@link Estimate#axes}. */
    RowValues read(GradientBatch batch);

    /** @throws IllegalArgumentException where the rows lack a position, a class or a column that is read */
    default void check(TokenRows rows) {
        metric().check(rows);
    }
}
