package dev.loupe.plan.ask;

import dev.loupe.result.Axis;
import java.util.List;

/** A computation on the weights of a model and on earlier values; data that compares by value. */
public interface Computation {
    /** A short name for {@code explain}. */
    String label();

    /** The axes of its result on a model of this shape. */
    List<Axis> axes(ModelShape shape);

    /** Bytes that it holds beside the weights on a model of this shape, where they are many. */
    default long bytes(ModelShape shape) {
        return 0;
    }

    /** Rough count of floating point operations on a model of this shape. */
    long flops(ModelShape shape);
}
