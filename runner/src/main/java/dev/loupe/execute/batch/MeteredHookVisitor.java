package dev.loupe.execute.batch;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.HookVisitor;

/** A visitor that also tells a meter of the work of its pass. */
public final class MeteredHookVisitor implements HookVisitor {
    private final HookVisitor visitor;
    private final Meter meter;
    private long flops;

    public MeteredHookVisitor(HookVisitor visitor, Meter meter) {
        this.visitor = visitor;
        this.meter = meter;
    }

    @Override
    public boolean wants(HookPoint point) {
        return visitor.wants(point);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        return visitor.visit(point, value);
    }

    @Override
    public void replaced(HookPoint point, NDArray value) {
        visitor.replaced(point, value);
    }

    @Override
    public void worked(int layer, long made, long elements) {
        flops += made;
        meter.worked(made);
    }

    /** A pass back through the same products by their inputs alone costs what they did. */
    public void wentBack() {
        meter.worked(flops);
    }
}
