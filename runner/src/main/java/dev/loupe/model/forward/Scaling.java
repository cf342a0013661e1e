package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Products with a number that may be differentiated. {@code NDArray.mul(Number)} wraps the number in a Java buffer that
 * is released at once, while the engine's graph goes on pointing at it: after a garbage collection the gradient is read
 * from freed memory. The same holds for {@code div}, {@code pow} and their in-place forms, but not for {@code add} and
 * {@code sub}, whose gradients do not read the number. Here the number lies in the engine's own memory.
 */
public final class Scaling {
    private Scaling() {}

    /** x times a number. */
    public static NDArray times(NDArray x, double factor) {
        try (NDArray number = x.getManager().full(new Shape(), (float) factor, x.getDataType())) {
            return x.mul(number);
        }
    }

    /** {@code cap tanh(x / cap)}. */
    static NDArray softCapped(NDArray x, double cap) {
        return times(times(x, 1 / cap).tanh(), cap);
    }

    /** The same in the array's own memory. */
    static NDArray timesInPlace(NDArray x, double factor) {
        try (NDArray number = x.getManager().full(new Shape(), (float) factor, x.getDataType())) {
            return x.muli(number);
        }
    }
}
