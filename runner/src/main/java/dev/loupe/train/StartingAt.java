package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;

/**
 * A training that begins with given weights instead of drawn ones.
 *
 * @param weights of each instance, in the layout's order
 */
record StartingAt(Trainable task, List<float[]> weights) implements Trainable {
    @Override
    public int instances() {
        return task.instances();
    }

    @Override
    public ParameterLayout layout() {
        return task.layout();
    }

    @Override
    public float[] initial(int instance) {
        return weights.get(instance);
    }

    @Override
    public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
        return task.loss(parameters, step, scope);
    }
}
