package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Readout;
import org.jspecify.annotations.Nullable;

/**
 * A fold over batches: a part per batch, parts merged in row order, then one value. Merging is associative, so shards of
 * rows can be folded apart.
 *
 * @param <P> a part, in main memory
 */
public interface Summary<P> extends Readout {
    /**
     * What one batch gives.
     *
     * @param rows the number of each batch row in the dataset, for parts that depend on which rows a batch holds
     */
    P part(Batch batch, int[] rows);

    P merge(P left, P right);

    StepValue finish(P whole);

    /**
     * Checks, before anything runs, that the rows have every position and column that is read.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    default void check(TokenRows rows) {}

    /** Whether parts are kept as numbers. */
    default boolean keepsParts() {
        return false;
    }

    /**
     * About how many bytes the numbers of one part take.
     *
     * @param rows of the batch
     * @param all rows of the whole dataset
     * @param length tokens of each
     */
    default long partBytes(ModelShape shape, int rows, int all, int length) {
        return 0;
    }

    /** A part as plain numbers; null where keeping it would not be worth it, since a batch or two make it again. */
    default @Nullable Part numbers(P part) {
        return null;
    }

    /** The part whose numbers these are. */
    default P restored(Part numbers) {
        throw new UnsupportedOperationException(label() + " keeps no parts");
    }

    /** True when further rows would change nothing, so that the run may stop. */
    default boolean enough(P part) {
        return false;
    }
}
