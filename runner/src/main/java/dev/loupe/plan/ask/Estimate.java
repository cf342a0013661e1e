package dev.loupe.plan.ask;

import dev.loupe.hook.HookPoint;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * What is estimated from activations of two runs and the gradient of a metric, as the plan sees it: data that compares by
 * value. The arithmetic lives with the record that implements it, in a later package.
 */
public interface Estimate {
    /** Points whose activations of both runs are read. */
    List<HookPoint> outputs(ModelShape shape);

    /** Points at which the metric is differentiated. */
    List<HookPoint> inputs(ModelShape shape);

    /**
     * Gradients are the mean over so many inputs on the straight line between the embeddings of the two runs, the edited
     * run's own among them; 1 is that one alone.
     */
    int steps();

    /** The logits that the metric reads. */
    LogitsRead logits();

    /** The axes of its value for one row. */
    List<Axis> axes(ModelShape shape);

    /** A short name for {@code explain}. */
    String label();
}
