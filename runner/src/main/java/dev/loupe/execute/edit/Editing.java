package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.Meter;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Ops;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.plan.edit.TopRanked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Applies the edits of a batch's cells and keeps what is captured. The batch holds all its rows once per cell, cell after
 * cell. A value is captured after its edits. Untouched elements keep their bits.
 */
public final class Editing implements HookVisitor {
    /** Where an edit's value comes from, with the axes of the site; its batch axis has the chunk's rows, or size 1. */
    public interface Values {
        /** The value; of a change along a direction that direction, of patched edges what the other run has at a start. */
        NDArray of(EditValue value, HookPoint point);

        /** What the run that is taken up had at a point that this one does not come by. */
        default NDArray resumed(HookPoint point) {
            throw new IllegalStateException("this run begins after " + point.name());
        }

        /** The components that a row of the chunk chooses; runs whose rows are all alike have none. */
        default int[] chosen(TopRanked best, int row, int components) {
            throw new IllegalStateException("no row of this run chooses components: " + best);
        }
    }

    private final List<Cell> cells;
    private final TokenRows chunk;
    private final Values values;
    private final Wanted wanted;
    private final Meter meter;
    private final Map<Integer, Long> made = new HashMap<>();
    private final Map<HookPoint, List<Placed>> edits = new HashMap<>();
    private final Map<HookPoint, NDArray> captured = new LinkedHashMap<>();
    private final Set<HookPoint> senders = new HashSet<>();
    private final PatchedEdges patched;

    /** What is captured, and who owns it. */
    public record Wanted(Set<HookPoint> points, NDManager keep) {
        public Wanted(List<HookPoint> points, NDManager keep) {
            this(Set.copyOf(points), keep);
        }

        static Wanted nothing(NDManager keep) {
            return new Wanted(Set.of(), keep);
        }
    }

    /** An edit and the cell of this batch that makes it. */
    private record Placed(int cell, Edit edit) {}

    /**
     * @param chunk the rows of one cell
     * @param run owns what one point makes and a later one takes
     * @param meter told of the work
     */
    public Editing(List<Cell> cells, TokenRows chunk, Values values, Wanted wanted, NDManager run, Meter meter) {
        this.meter = meter;
        this.cells = cells;
        this.chunk = chunk;
        this.values = values;
        this.wanted = wanted;
        this.patched = new PatchedEdges(cells.size(), values::resumed, run, meter::worked);
        for (int c = 0; c < cells.size(); c++) {
            for (Edit edit : cells.get(c).edits()) {
                edits.computeIfAbsent(edit.point(), k -> new ArrayList<>()).add(new Placed(c, edit));
                senders.addAll(edit.value().own());
            }
        }
    }

    /** Capturing nothing and telling nobody of the work. */
    public Editing(List<Cell> cells, TokenRows chunk, Values values, NDManager run) {
        this(cells, chunk, values, Wanted.nothing(run), run, Meter.off());
    }

    public Map<HookPoint, NDArray> captured() {
        return captured;
    }

    /** Every point that an edit names; each must have been visited when the run is over. */
    Set<HookPoint> edited() {
        return edits.keySet();
    }

    private final Set<HookPoint> fired = new HashSet<>();

    /** A hook that never fired must not pass silently. */
    public void checkFired() {
        Set<HookPoint> silent = new HashSet<>(edits.keySet());
        silent.addAll(wanted.points());
        silent.removeAll(fired);
        if (!silent.isEmpty()) {
            throw new IllegalStateException("the run never reached " + silent);
        }
    }

    @Override
    public void worked(int layer, long flops, long elements) {
        meter.worked(flops);
        made.merge(layer, elements, Long::sum);
    }

    /** Bytes of what is kept, of the products of the widest block and of those after the blocks. */
    public long held() {
        long kept = captured.values().stream().mapToLong(NDArray::size).sum();
        long widest = made.entrySet().stream()
                .filter(e -> e.getKey() >= 0)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        return Float.BYTES * (kept + widest + made.getOrDefault(-1, 0L));
    }

    @Override
    public boolean wants(HookPoint point) {
        return wanted.points().contains(point) || edits.containsKey(point) || senders.contains(point);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        fired.add(point);
        NDArray out = value;
        for (List<Placed> group : groups(point)) {
            out = write(point, out, group);
        }
        if (senders.contains(point)) {
            patched.sent(point, out);
        }
        if (wanted.points().contains(point)) {
            captured.put(point, Ops.alias(out, wanted.keep()));
        }
        return out;
    }

    @Override
    public void replaced(HookPoint point, NDArray value) {
        if (senders.contains(point)) {
            patched.sent(point, value);
        }
        if (wanted.points().contains(point)) {
            captured.put(point, Ops.alias(value, wanted.keep()));
        }
    }

    /**
     * Edits that write the same value go in one operation. A cell's first edit at the point comes before its second: a group
     * has no two edits of one cell.
     */
    private List<List<Placed>> groups(HookPoint point) {
        Map<Integer, Integer> before = new HashMap<>();
        Map<Integer, Map<EditValue, List<Placed>>> byOrder = new TreeMap<>();
        for (Placed placed : edits.getOrDefault(point, List.of())) {
            int order = before.merge(placed.cell(), 1, Integer::sum);
            byOrder.computeIfAbsent(order, k -> new LinkedHashMap<>())
                    .computeIfAbsent(together(placed.edit().value()), k -> new ArrayList<>())
                    .add(placed);
        }
        return byOrder.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    /** What is equal for values that one operation writes. */
    private static EditValue together(EditValue value) {
        return value instanceof IncomingEdges edges ? new IncomingEdges(edges.run(), List.of(), edges.others()) : value;
    }

    private NDArray write(HookPoint point, NDArray value, List<Placed> group) {
        Shape shape = value.getShape();
        int rows = (int) (shape.get(0) / cells.size());
        NDArray split = value.reshape(new Shape(cells.size(), rows).addAll(shape.slice(1)));
        EditValue what = group.get(0).edit().value();
        if (what instanceof IncomingEdges) {
            return split.add(onTop(point, split, group)).reshape(shape);
        }
        NDArray mask = mask(point, group, rows, shape, value.getManager());
        NDArray replacement = what.accept(new WrittenEdit(values, point, split));
        return NDArrays.where(mask.broadcast(split.getShape()), replacement, split)
                .reshape(shape);
    }

    private NDArray onTop(HookPoint point, NDArray split, List<Placed> group) {
        List<PatchedEdges.Into> into = new ArrayList<>();
        for (Placed placed : group) {
            IncomingEdges edges = (IncomingEdges) placed.edit().value();
            into.add(new PatchedEdges.Into(placed.cell(), edges));
        }
        IncomingEdges first = into.get(0).edges();
        NDArray sum = patched.onTop(split, into, sender -> values.of(first, sender));
        return first.others()
                ? patched.inPlace(split, into, values.of(first, point)).sub(sum)
                : sum;
    }

    /** True where the group writes: [cell, row or 1, and each axis of the site or 1]. */
    private NDArray mask(HookPoint point, List<Placed> group, int rows, Shape shape, NDManager manager) {
        EditMask mask = new EditMask(point.site().axes(), chunk, cells.size(), rows, shape, values::chosen);
        group.forEach(p -> mask.narrow(p.edit()));
        group.forEach(p -> mask.write(p.cell(), p.edit()));
        return manager.create(mask.bits(), new Shape(mask.dims())).toType(DataType.BOOLEAN, false);
    }
}
