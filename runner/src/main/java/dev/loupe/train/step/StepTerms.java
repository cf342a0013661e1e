package dev.loupe.train.step;

import ai.djl.ndarray.NDManager;
import dev.loupe.model.recipe.Penalty;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe adds to the steps of a training, and to nothing else: a trained network is measured without noise, by its loss on the
 * answers alone.
 *
 * @param embeddingNoise standard deviation of the noise on the embedding, 0 for none
 * @param penalty a term of the loss, null for none
 */
public record StepTerms(double embeddingNoise, @Nullable Penalty penalty) {
    public static final StepTerms NONE = new StepTerms(0, null);

    /**
     * For one step.
     *
     * @param seeds one per instance
     * @param scope owns what is made, and ends with the step
     */
    public StepVisitor visitor(long[] seeds, long step, NDManager scope) {
        return new StepVisitor(this, seeds, step, scope);
    }
}
