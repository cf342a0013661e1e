package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.HookVisitor;
import dev.loupe.model.Ops;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the edits of a batch's cells and keeps what is captured. The batch holds all its rows once per cell, cell after
 * cell. A value is captured after its edits. Untouched elements keep their bits.
 */
final class Editing implements HookVisitor {
    /** Where an edit's value comes from, with the axes of the site; its batch axis has the chunk's rows, or size 1. */
    interface Values {
        /** The value; of a change along a direction that direction. */
        NDArray of(EditValue value, HookPoint point);
    }

    private final List<Cell> cells;
    private final TokenRows chunk;
    private final Values values;
    private final Set<HookPoint> wanted;
    private final NDManager keep;
    private final Map<HookPoint, List<Placed>> edits = new HashMap<>();
    private final Map<HookPoint, NDArray> captured = new LinkedHashMap<>();

    /** An edit and the cell of this batch that makes it. */
    private record Placed(int cell, Edit edit) {}

    /**
     * @param chunk the rows of one cell
     * @param keep takes what is captured
     */
    Editing(List<Cell> cells, TokenRows chunk, Values values, List<HookPoint> wanted, NDManager keep) {
        this.cells = cells;
        this.chunk = chunk;
        this.values = values;
        this.wanted = new HashSet<>(wanted);
        this.keep = keep;
        for (int c = 0; c < cells.size(); c++) {
            for (Edit edit : cells.get(c).edits()) {
                edits.computeIfAbsent(edit.point(), k -> new ArrayList<>()).add(new Placed(c, edit));
            }
        }
    }

    Map<HookPoint, NDArray> captured() {
        return captured;
    }

    /** Every point that an edit names; each must have been visited when the run is over. */
    Set<HookPoint> edited() {
        return edits.keySet();
    }

    private final Set<HookPoint> fired = new HashSet<>();

    /** A hook that never fired must not pass silently. */
    void checkFired() {
        Set<HookPoint> silent = new HashSet<>(edits.keySet());
        silent.addAll(wanted);
        silent.removeAll(fired);
        if (!silent.isEmpty()) {
            throw new IllegalStateException("the run never came by " + silent);
        }
    }

    @Override
    public boolean wants(HookPoint point) {
        return wanted.contains(point) || edits.containsKey(point);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        fired.add(point);
        NDArray out = value;
        for (List<Placed> group : groups(point)) {
            out = write(point, out, group);
        }
        if (wanted.contains(point)) {
            captured.put(point, Ops.alias(out, keep));
        }
        return out;
    }

    /** Consecutive edits that write the same value at the same positions go in one operation. */
    private List<List<Placed>> groups(HookPoint point) {
        List<List<Placed>> groups = new ArrayList<>();
        for (Placed placed : edits.getOrDefault(point, List.of())) {
            List<Placed> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            boolean joins = !last.isEmpty()
                    && last.get(0).edit().value().equals(placed.edit().value());
            if (joins) {
                last.add(placed);
            } else {
                groups.add(new ArrayList<>(List.of(placed)));
            }
        }
        return groups;
    }

    private NDArray write(HookPoint point, NDArray value, List<Placed> group) {
        Shape shape = value.getShape();
        int rows = (int) (shape.get(0) / cells.size());
        NDArray split = value.reshape(new Shape(cells.size(), rows).addAll(shape.slice(1)));
        NDArray mask = mask(point, group, rows, shape, value.getManager());
        EditValue what = group.get(0).edit().value();
        NDArray replacement = replacement(what, point, split);
        return NDArrays.where(mask.broadcast(split.getShape()), replacement, split)
                .reshape(shape);
    }

    private NDArray replacement(EditValue what, HookPoint point, NDArray split) {
        if (what instanceof EditValue.Zero) {
            return split.zerosLike();
        }
        if (what instanceof EditValue.Along along) {
            NDArray direction = values.of(along, point).expandDims(0);
            if (!along.projectOut()) {
                return split.add(direction.mul(along.coefficient()));
            }
            int last = split.getShape().dimension() - 1;
            NDArray length = direction.square().sum(new int[] {last}, true);
            return split.sub(
                    split.mul(direction).sum(new int[] {last}, true).div(length).mul(direction));
        }
        return values.of(what, point).expandDims(0).broadcast(split.getShape());
    }

    /** True where the group writes: [cell, row or 1, and each axis of the site or 1]. */
    private NDArray mask(HookPoint point, List<Placed> group, int rows, Shape shape, NDManager manager) {
        EditMask mask = new EditMask(point.site().axes(), chunk, cells.size(), rows, shape);
        group.forEach(p -> mask.narrow(p.edit()));
        group.forEach(p -> mask.write(p.cell(), p.edit()));
        return manager.create(mask.bits(), new Shape(mask.dims())).toType(DataType.BOOLEAN, false);
    }
}
