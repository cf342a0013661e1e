package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.features.Objective;
import dev.loupe.model.forward.Scaling;

/** The loss that a network without tokens is trained on. */
public final class ToyLoss {
    private ToyLoss() {}

    /**
     * One loss per instance, [instance].
     *
     * @param output [instance, row, output]
     * @param y targets of that shape; an instance axis of 1 gives every instance the same
     */
    public static NDArray of(FeatureDataset data, NDArray output, NDArray y, NDManager scope) {
        double rows = output.getShape().get(1);
        if (data.objective() == Objective.CROSS_ENTROPY) {
            NDArray chosen = output.logSoftmax(-1).mul(y).sum(new int[] {1, 2});
            return Scaling.times(chosen, -1 / rows);
        }
        NDArray error = output.sub(y).square().mul(scope.create(data.importance()));
        return Scaling.times(error.sum(new int[] {1, 2}), 1 / (rows * data.answers()));
    }
}
