package dev.loupe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;

/** One batch of aligned rows after its runs and its backward pass. Arrays live as long as the batch. */
public interface GradientBatch {
    /** The rows of the run that would be edited. */
    TokenRows rows();

    /** Their numbers in the dataset. */
    int[] which();

    /** The activation that would be written, minus the edited run's own; axes of the site, batch first. */
    NDArray difference(HookPoint point);

    /** The gradient of the batch's sum of the metric's numerators. */
    NDArray gradient(HookPoint point);

    /** How often the metric counts each row. */
    double[] counts();

    ModelShape shape();

    NDManager manager();
}
