package dev.loupe.execute;

import dev.loupe.plan.Cell;
import dev.loupe.plan.Forward;
import dev.loupe.plan.FromCell;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Cells that write what the same cells of another run recorded. */
final class SameCell {
    private SameCell() {}

    /** The runs that these cells write from. */
    static Set<Integer> runs(List<Cell> cells) {
        Set<Integer> runs = new TreeSet<>();
        for (Cell cell : cells) {
            cell.edits().stream()
                    .filter(e -> e.value() instanceof FromCell)
                    .forEach(e -> runs.add(e.value().run()));
        }
        return runs;
    }

    /** The cells of a run that have the indices of these, in their order. */
    static List<Cell> of(Forward run, List<Cell> cells) {
        return cells.stream()
                .map(cell -> run.cells().stream()
                        .filter(c -> c.index() == cell.index())
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
