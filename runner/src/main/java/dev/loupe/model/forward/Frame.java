package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of the network computes: its layer (-1 outside the blocks), who watches, and the manager that owns what
 * it makes.
 */
record Frame(int layer, HookVisitor visitor, NDManager manager, int instances) {
    Frame within(int newLayer, NDManager newManager) {
        return new Frame(newLayer, visitor, newManager, instances);
    }

    private HookPoint point(Site site) {
        return new HookPoint(site, site.perLayer() ? layer : -1);
    }

    boolean wants(Site site) {
        return visitor.wants(point(site));
    }

    /** The value itself, or what the visitor puts in its place. */
    NDArray visit(Site site, NDArray value) {
        HookPoint point = point(site);
        if (!visitor.wants(point)) {
            return value;
        }
        NDArray out = visitor.visit(point, value);
        if (out == value) {
            return value;
        }
        if (!out.getShape().equals(value.getShape())) {
            throw new IllegalArgumentException(
                    "an edit at " + point + " has the shape " + out.getShape() + " instead of " + value.getShape());
        }
        return Ops.alias(out, manager);
    }

    /** A product whose every element is a sum of {@code terms}, told to the visitor. */
    NDArray counted(NDArray product, long terms) {
        visitor.worked(layer, 2 * product.size() * terms, product.size());
        return product;
    }

    NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
        return counted(Ops.linear(x, weight, bias, instances, manager), Ops.fromEnd(x, 1));
    }
}
