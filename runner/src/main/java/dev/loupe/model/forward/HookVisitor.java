package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;

/**
 * Reads and replaces values during a forward pass. A value must not be changed in place and belongs to the pass: to keep
 * it, take {@link Ops#alias} into a manager of your own, which costs no copy.
 */
public interface HookVisitor {
    /** Whether {@link #visit} is to be called there. Points on request exist only where this is true. */
    boolean wants(HookPoint point);

    /**
     * @param value with the axes of the point's site (and a leading instance axis where the model has one)
     * @return the same array, or another of the same shape that takes its place
     */
    NDArray visit(HookPoint point, NDArray value);

    /**
     * Told that a value that it has visited is another one in the end: a dictionary there has edited features.
     *
     * @param value with the axes of the point's site
     */
    default void replaced(HookPoint point, NDArray value) {}

    /**
     * Told of every matrix product.
     *
     * @param layer the block it is in, which holds the result until it ends; -1 outside the blocks
     * @param flops two operations for a multiply-add
     * @param elements of the result
     */
    default void worked(int layer, long flops, long elements) {}

    /** Wants nothing. */
    static HookVisitor none() {
        return new HookVisitor() {
            @Override
            public boolean wants(HookPoint point) {
                return false;
            }

            @Override
            public NDArray visit(HookPoint point, NDArray value) {
                return value;
            }
        };
    }
}
