package dev.loupe.execute.shards;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.send.Packing;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import java.util.List;

/** Rows of a dataset without the text of their tokens, which no shard reads. */
record SentRows(RowsRef ref, TokenRows rows, List<int[]> order) {
    static SentRows of(RowSet set) {
        return new SentRows(set.ref(), set.rows(), set.order());
    }

    /** How many it has when it is packed. */
    long bytes() {
        return Packing.size(this);
    }

    RowSet set() {
        return new RowSet(ref, rows, order, id -> {
            throw new IllegalStateException("tokens have no text on this machine");
        });
    }
}
