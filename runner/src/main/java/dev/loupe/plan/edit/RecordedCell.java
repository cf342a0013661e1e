package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * The same activation of the same row in the same cell of another swept run: what a first pass of path patching recorded. The
 * cells of that run have the indices of the cells that write it.
 */
public record RecordedCell(int forward) implements EditValue {
    /** The runs that these cells write from. */
    public static Set<Integer> runs(List<Cell> cells) {
        Set<Integer> runs = new TreeSet<>();
        for (Cell cell : cells) {
            cell.edits().stream()
                    .filter(e -> e.value() instanceof RecordedCell)
                    .forEach(e -> runs.add(e.value().run()));
        }
        return runs;
    }

    /** The cells of a recorded run that have the indices of these, in their order. */
    public static List<Cell> recording(List<Cell> recorded, List<Cell> cells) {
        return cells.stream()
                .map(cell -> recorded.stream()
                        .filter(c -> c.index() == cell.index())
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Override
    public int run() {
        return forward;
    }

    @Override
    public RecordedCell renamed(IntUnaryOperator names) {
        return new RecordedCell(names.applyAsInt(forward));
    }

    @Override
    public boolean local() {
        return false;
    }

    @Override
    public long flops(HookPoint at, ModelShape shape, long length) {
        return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.recorded(this);
    }

    @Override
    public String toString() {
        return "from the same cell of #" + forward;
    }
}
