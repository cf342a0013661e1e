package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Cells of one run, in each of which some edges carry what another run has. What the other run must keep follows from the edits,
 * and its id is known only when it is planned with that.
 *
 * @param edits of each cell, from a run without an id
 */
public record EdgeCells(List<List<Edit>> edits) {
    /** No id of a step. */
    private static final int NONE = 0;

    public EdgeCells {
        edits = List.copyOf(edits);
    }

    /** @param patched the edges of each cell */
    public static EdgeCells of(EdgeGraph graph, List<? extends Collection<Integer>> patched) {
        return new EdgeCells(
                patched.stream().map(edges -> graph.patching(edges, NONE)).toList());
    }

    /** What the other run must keep, in the order of the network. */
    public List<HookPoint> outputs() {
        return EdgeGraph.outputs(edits.stream().flatMap(List::stream).toList());
    }

    /** The cells, numbered from 0. */
    public List<Cell> from(int run) {
        List<Cell> cells = new ArrayList<>();
        for (List<Edit> each : edits) {
            cells.add(new Cell(
                    cells.size(),
                    each.stream().map(edit -> edit.renamed(id -> run)).toList()));
        }
        return cells;
    }
}
