package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows of a dataset for one vocabulary.
 *
 * @param order row indices by bucket of {@link RowsRef#buckets}; aligned sets pair up index by index
 * @param text the visible text of a token id
 */
public record RowSet(RowsRef ref, TokenRows rows, List<int[]> order, IntFunction<String> text) {
    /** SHA-256 of the tokens alone, row by row, whatever names the dataset gives to their positions. */
    public String tokensHash() {
        return RowSets.tokensHash(rows);
    }
}
