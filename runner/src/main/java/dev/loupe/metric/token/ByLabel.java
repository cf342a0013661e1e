package dev.loupe.metric.token;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code by} of a metric of positions: one mean for each value of a label, on an axis {@code label}. A prediction
 * counts for the value at the position that predicts; positions without a value count nowhere.
 */
final class ByLabel {
    private ByLabel() {}

    static List<Axis> axes(@Nullable String by, RowsRef rows) {
        return by == null ? List.of() : List.of(new Axis("label", rows.values(by)));
    }

    /** @throws IllegalArgumentException where the rows lack the label */
    static void check(@Nullable String by, TokenRows rows) {
        if (by != null) {
            rows.label(by);
        }
    }

    /** Numbers of asked positions as sums and counts [row], or [row, value] of the label. */
    static RowValues perRow(@Nullable String by, float[] each, LogitsAtPositions asked, TokenRows rows) {
        if (by == null) {
            return asked.perRow(each, rows.rows());
        }
        return asked.perRow(each, rows.rows(), rows.label(by));
    }
}
