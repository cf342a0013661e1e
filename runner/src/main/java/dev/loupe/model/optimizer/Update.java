package dev.loupe.model.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What one optimizer update works on. Every array is float32 [instance, parameter] and attached to a manager that lives
 * for this step only (parameters and moments as views), so that temporaries end with the step.
 *
 * @param parameters changed in place; not a leaf of any graph
 * @param gradient of the loss; may be overwritten
 * @param moments the optimizer's state by name, changed in place
 * @param decayed [parameter], 1 where weight decay applies and 0 elsewhere
 * @param rate the learning rate of this step, after the schedule
 * @param step counts updates from 1
 */
public record Update(
        NDArray parameters, NDArray gradient, Map<String, NDArray> moments, NDArray decayed, double rate, long step) {
    NDArray moment(String name) {
        NDArray moment = moments.get(name);
        if (moment == null) {
            throw new IllegalStateException(
                    "the optimizer state '" + name + "' is missing; there is " + moments.keySet());
        }
        return moment;
    }
}
