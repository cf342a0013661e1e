package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.hook.HookPoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Keeps the values at some hook points, in a manager of the caller's, in the order of computation. */
public final class Captures implements HookVisitor {
    private final Set<HookPoint> points;
    private final NDManager manager;
    private final Map<HookPoint, NDArray> values = new LinkedHashMap<>();

    public Captures(Collection<HookPoint> points, NDManager manager) {
        this.points = Set.copyOf(points);
        this.manager = manager;
    }

    @Override
    public boolean wants(HookPoint point) {
        return points.contains(point);
    }

    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        values.put(point, Ops.alias(value, manager));
        return value;
    }

    @Override
    public void replaced(HookPoint point, NDArray value) {
        if (values.containsKey(point)) {
            visit(point, value);
        }
    }

    public Map<HookPoint, NDArray> values() {
        return values;
    }

    /** @throws IllegalStateException where the pass did not come by that point */
    public NDArray get(HookPoint point) {
        NDArray value = values.get(point);
        if (value == null) {
            throw new IllegalStateException("nothing was captured at " + point);
        }
        return value;
    }
}
