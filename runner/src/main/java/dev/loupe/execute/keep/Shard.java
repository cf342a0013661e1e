package dev.loupe.execute.keep;

import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.plan.edit.Cell;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a run: some of its rows times some of its cells, which share a batch. A plan fixes the shards of a run before
 * it starts, by shapes alone, so that they are the same on every machine; what each gives depends on nothing but the plan
 * and is put together in their order.
 *
 * @param firstCell the place of the first cell among those of the run
 * @param cells how many cells
 */
public record Shard(RowRange rows, int firstCell, int cells) {
    /** Rows of a run that has no cells. */
    public static Shard of(RowRange rows) {
        return new Shard(rows, 0, 1);
    }

    /** The shards of some rows of a run, in the order of their cells. */
    public static List<Shard> of(RowRange rows, Forward forward) {
        List<Shard> shards = new ArrayList<>();
        int cells = forward.cells().size();
        for (int first = 0; first < cells; first += forward.cellsPerBatch()) {
            shards.add(new Shard(rows, first, Math.min(forward.cellsPerBatch(), cells - first)));
        }
        return shards;
    }

    /** The cells of a run that are in it. */
    public List<Cell> of(Forward forward) {
        return forward.cells().subList(firstCell, firstCell + cells);
    }

    /** A name among the shards of one run. */
    public String name() {
        return rows.bucket() + "." + rows.from() + "-" + rows.to() + "." + firstCell + "+" + cells;
    }
}
