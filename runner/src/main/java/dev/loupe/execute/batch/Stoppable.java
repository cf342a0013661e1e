package dev.loupe.execute.batch;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.progress.StopSignal;

/** A visitor whose pass ends at the next matrix product when a stop was asked for: a large batch takes seconds. */
public record Stoppable(HookVisitor visitor, StopSignal stop) implements HookVisitor {
    @Override
    public boolean wants(HookPoint point) {
        return visitor.wants(point);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        return visitor.visit(point, value);
    }

    @Override
    public void worked(int layer, long flops, long elements) {
        stop.check();
        visitor.worked(layer, flops, elements);
    }
}
