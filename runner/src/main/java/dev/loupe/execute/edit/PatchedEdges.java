package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.Ops;
import dev.loupe.plan.edit.IncomingEdges;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@link IncomingEdges} in one batch: what each start writes in the other run less what it writes in this one
 * is kept when the run comes by, and added to the readers that an edge of theirs asks it for.
 */
final class PatchedEdges {
    private final int cells;
    private final Function<HookPoint, NDArray> resumed;
    private final NDManager keep;
    private final LongConsumer worked;
    private final Map<HookPoint, NDArray> own = new HashMap<>();
    private final Map<Difference, NDArray> differences = new HashMap<>();

    /** A start and the run whose output is written. */
    private record Difference(HookPoint sender, int run) {}

    /** The edges of one cell into one point. */
    record Into(int cell, IncomingEdges edges) {}

    /**
     * @param resumed what the run that this one takes up had where this one does not come by, each row once
     * @param keep owns what waits for its readers
     * @param worked told of every product's operations
     */
    PatchedEdges(int cells, Function<HookPoint, NDArray> resumed, NDManager keep, LongConsumer worked) {
        this.cells = cells;
        this.resumed = resumed;
        this.keep = keep;
        this.worked = worked;
    }

    /** The output of a start as this run has it, all cells together. */
    void sent(HookPoint sender, NDArray value) {
        own.put(sender, Ops.alias(value, keep));
    }

    /**
     * What a point's readers get on top.
     *
     * @param split the value there, [cell, row, pos, (head,) d_model]
     * @param written a start's output in the other run, [row, pos, (head,) d_model]
     */
    NDArray onTop(NDArray split, List<Into> group, Function<HookPoint, NDArray> written) {
        Shape shape = split.getShape();
        int receivers = shape.dimension() == 5 ? (int) shape.get(3) : 1;
        int run = group.get(0).edges().run();
        TreeMap<HookPoint, float[]> wanted = new TreeMap<>();
        for (Into into : group) {
            for (IncomingEdges.Incoming edge : into.edges().edges()) {
                HookPoint sender = edge.sender();
                NDArray difference = differences.computeIfAbsent(
                        new Difference(sender, run), k -> difference(sender, written.apply(sender)));
                // 1 where an edge of a cell goes from a component to a receiver: [cell, receiver, component].
                int components = (int) difference.getShape().get(2);
                float[] mask = wanted.computeIfAbsent(sender, k -> new float[cells * receivers * components]);
                mask[(into.cell() * receivers + edge.receiver()) * components + edge.component()] = 1;
            }
        }
        NDArray sum = null;
        for (Map.Entry<HookPoint, float[]> entry : wanted.entrySet()) {
            NDArray difference = Objects.requireNonNull(differences.get(new Difference(entry.getKey(), run)));
            NDArray part = product(difference, entry.getValue(), receivers, split.getManager());
            sum = sum == null ? part : sum.addi(part);
        }
        return sum == null ? split.zerosLike() : sum.reshape(shape);
    }

    /**
     * What brings the readers of the group's cells to what they see in the other run; 0 in other cells.
     *
     * @param there the value at the same point of the other run, [row, pos, (head,) d_model]
     */
    NDArray inPlace(NDArray split, List<Into> group, NDArray there) {
        float[] mask = new float[cells];
        group.forEach(into -> mask[into.cell()] = 1);
        long[] shape = new long[split.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = cells;
        NDManager manager = split.getManager();
        return Ops.alias(there, manager).expandDims(0).sub(split).mul(manager.create(mask, new Shape(shape)));
    }

    /** [cell or 1, row * pos, component, d_model]. */
    private NDArray difference(HookPoint sender, NDArray written) {
        @Nullable NDArray current = own.get(sender);
        NDArray mine = current == null ? resumed.apply(sender) : current;
        try (NDManager work = keep.newSubManager()) {
            NDArray there = flat(written, 1, work);
            NDArray difference = there.sub(flat(mine, current == null ? 1 : cells, work));
            difference.attach(keep);
            return difference;
        }
    }

    private static NDArray flat(NDArray value, int copies, NDManager work) {
        Shape s = value.getShape();
        long components = s.dimension() == 4 ? s.get(2) : 1;
        NDArray view = value.reshape(copies, s.get(0) / copies * s.get(1), components, s.get(s.dimension() - 1));
        view.attach(work);
        return view;
    }

    /** [cell, row * pos, receiver, d_model]. */
    private NDArray product(NDArray difference, float[] mask, int receivers, NDManager manager) {
        Shape s = difference.getShape();
        try (NDManager work = manager.newSubManager()) {
            NDArray product;
            if (s.get(0) == cells) {
                NDArray chosen = work.create(mask, new Shape(cells, 1, receivers, s.get(2)));
                product = chosen.matMul(difference);
            } else {
                // One difference for all cells: their receivers are rows of one product.
                NDArray chosen = work.create(mask, new Shape(1, 1, (long) cells * receivers, s.get(2)));
                product = chosen.matMul(difference)
                        .reshape(s.get(1), cells, receivers, s.get(3))
                        .swapAxes(0, 1);
            }
            worked.accept(2 * product.size() * s.get(2));
            product.attach(manager);
            return product;
        }
    }
}
