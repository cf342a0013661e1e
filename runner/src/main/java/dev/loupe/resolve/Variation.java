package dev.loupe.resolve;

import dev.loupe.resolve.rows.RowSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a null changes in a measurement that is otherwise planned as it stands.
 *
 * @param rows what becomes of a dataset's rows
 * @param patternsOf seed of the permutation that says which row's attention patterns a row gets; null leaves each its own
 * @param directions seed of random directions of equal norm in place of differences between runs; null leaves those
 * @param circuit seed of a random circuit in place of the one that was found; null leaves that
 */
record Variation(
        UnaryOperator<RowSet> rows,
        @Nullable Long patternsOf,
        @Nullable Long directions,
        @Nullable Long circuit) {
    /** The measurement itself. */
    static final Variation NONE = new Variation(UnaryOperator.identity(), null, null, null);

    static Variation ofRows(UnaryOperator<RowSet> rows) {
        return new Variation(rows, null, null, null);
    }

    static Variation patternsOfOtherRows(long seed) {
        return new Variation(UnaryOperator.identity(), seed, null, null);
    }

    static Variation randomDirections(long seed) {
        return new Variation(UnaryOperator.identity(), null, seed, null);
    }

    static Variation randomCircuit(long seed) {
        return new Variation(UnaryOperator.identity(), null, null, seed);
    }
}
