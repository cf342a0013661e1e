package dev.loupe.metric;

import dev.loupe.dataset.TokenRows;
import dev.loupe.plan.LogitsRead;

/** The word {@code everywhere} in a metric's position option, and what it means for the logits. */
public final class OutputAt {
    private OutputAt() {}

    /** @throws IllegalArgumentException where the rows have no such position or class */
    static void check(TokenRows rows, String at) {
        if (rows.rows() > 0) {
            rows.belongs(at, 0, 0);
        }
    }

    public static LogitsRead read(String at) {
        return at.equals(TokenRows.EVERYWHERE) ? LogitsRead.EVERYWHERE : new LogitsRead(LogitsRead.Extent.AT, at);
    }
}
