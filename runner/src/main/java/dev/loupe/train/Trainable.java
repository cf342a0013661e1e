package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/**
 * Something that the trainer can train: parameters, and the loss of each step's data. One or more independent instances
 * (usually seeds) sit on a leading axis; no instance may read another's parameters or data, so that training them
 * together gives what training each alone gives.
 *
 * <p>Everything drawn (initial values, data, dropout) is a pure function of the instance's seed and the step: a resume
 * needs parameters, moments and the step, no generator state.
 */
public interface Trainable {
    int instances();

    ParameterLayout layout();

    /** Initial values of one instance, in the layout's order. */
    float[] initial(int instance);

    /**
     * The loss of the data of one step.
     *
     * @param parameters by name, [instance, ...shape]
     * @param step counts updates from 0
     * @param scope arrays made here end with the step
     * @return one loss per instance, [instance]; its sum is differentiated
     */
    NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope);
}
