package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reader of the residual stream sees when some of its incoming edges carry the output of another run: its own input plus,
 * for each of them, (output there - output in this run). Every other edge carries what this run has, so that effects of other
 * patched edges come through. Where nothing is listed, nothing changes.
 *
 * <p>Where nearly all edges into a point are patched, it is shorter to list those that are not. What the reader sees is the same
 * sum in another order: its input in the other run plus, for each edge that is listed, (output in this run - output there).
 *
 * @param run a run of a single cell with the starts' outputs, and where all others are patched with the readers' inputs
 * @param edges the patched edges, or with {@code others} all edges into the point that are not
 */
public record IncomingEdges(int run, List<Incoming> edges, boolean others) implements EditValue {
    /**
     * One edge.
     *
     * @param receiver the reader's index among the heads of the edit's own point, 0 where it has none
     * @param sender where the start's output stands
     * @param component its index among the heads there, 0 where it has none
     */
    public record Incoming(int receiver, HookPoint sender, int component) {
        @Override
        public String toString() {
            return sender.name() + "[" + component + "]->" + receiver;
        }
    }

    public IncomingEdges {
        edges = List.copyOf(edges);
    }

    /** These are patched, and no others. */
    public IncomingEdges(int run, List<Incoming> edges) {
        this(run, edges, false);
    }

    @Override
    public List<HookPoint> reads(HookPoint at) {
        return others ? Stream.concat(Stream.of(at), own().stream()).toList() : own();
    }

    @Override
    public List<HookPoint> own() {
        return edges.stream().map(Incoming::sender).distinct().toList();
    }

    @Override
    public IncomingEdges renamed(IntUnaryOperator names) {
        return new IncomingEdges(names.applyAsInt(run), edges, others);
    }

    /** For every start's point one product of a 0-1 matrix [receiver, component] with what it writes, on one row. */
    @Override
    public long flops(HookPoint at, ModelShape shape, long length) {
        long terms = own().stream().mapToLong(sender -> heads(sender, shape)).sum();
        return 2 * heads(at, shape) * terms * shape.dModel() * length;
    }

    private static long heads(HookPoint point, ModelShape shape) {
        if (point.site().axes().contains("kv_head")) {
            return shape.kvHeads();
        }
        return point.site().axes().contains("head") ? shape.heads() : 1;
    }

    @Override
    public boolean local() {
        return false;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.edges(this);
    }

    @Override
    public String toString() {
        return "itself + (#" + run + " - own) of " + (others ? "all but " : "")
                + edges.stream().map(Incoming::toString).collect(Collectors.joining(" "));
    }
}
