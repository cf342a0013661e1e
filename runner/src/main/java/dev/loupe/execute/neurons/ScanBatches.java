package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.plan.ask.RowRange;
import java.util.List;
import java.util.Set;

/** The batches of a scan, of which some rows are run again from where the scan was. */
public interface ScanBatches {
    /**
     * A batch of a scan.
     *
     * @param rows their numbers in the dataset, in the order of the batch
     */
    record Batch(RowRange range, int[] rows) {}

    /** The batches that have some of these rows. */
    List<Batch> having(Set<Integer> rows);

    /**
     * Runs the blocks from {@code first} to {@code last} for some rows of a batch, and those before them where what they made is
     * not kept.
     *
     * @param some rows of the batch, in its order
     * @param visitor sees the hook points of these blocks
     * @param manager owns the result
     */
    Passed run(Batch batch, int[] some, int first, int last, HookVisitor visitor, NDManager manager);

    /**
     * Some rows of a batch where predictions can go on from: behind all blocks where the scan passed these, otherwise before a block.
     *
     * @param some rows of the batch, in its order
     * @param before the block
     * @param manager owns the result
     */
    Passed passed(Batch batch, int[] some, int before, NDManager manager);

    /**
     * What a batch passed through.
     *
     * @param residual [row, pos, d_model]
     * @param next the block that reads it; the number of blocks where it is the end of all
     */
    record Passed(NDArray residual, int next) {}
}
