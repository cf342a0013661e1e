package dev.loupe.plan;

/** A computation on the weights of a model and on earlier values; data that compares by value. */
public interface Computation {
    /** A short name for {@code explain}. */
    String label();

    /** Rough count of floating point operations on a model of this shape. */
    long flops(ModelShape shape);
}
