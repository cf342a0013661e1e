package dev.loupe.plan.ask;

import dev.loupe.hook.HookPoint;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What is read from a run, as the plan sees it: data that compares by value. The arithmetic lives with the record that
 * implements it, in a later package.
 */
public interface Readout {
    /** The hook points that it needs of a model of this shape. */
    List<HookPoint> captures(ModelShape shape);

    /** The logits that it needs. */
    LogitsRead logits();

    /** Earlier steps whose value for all rows it needs, such as one that gives a direction. */
    default List<Integer> summaries() {
        return List.of();
    }

    /** The same, where those steps have other ids. */
    default Readout renamed(IntUnaryOperator names) {
        return this;
    }

    /** The axes of its value for one row. */
    List<Axis> axes(ModelShape shape);

    /** The axes of its value for one row of these rows, where they depend on the rows, such as an axis of a label's values. */
    default List<Axis> axes(ModelShape shape, RowsRef rows) {
        return axes(shape);
    }

    /** Whether a fold of it over all rows ends in numbers of these axes, and not in an activation or in examples. */
    default boolean foldsToNumbers() {
        return false;
    }

    /** A short name for {@code explain}. */
    String label();
}
