package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import dev.loupe.model.forward.HookVisitor;
import java.util.Map;

/** A network from tokens to logits, as the trainer sees it: a function of parameters, with nothing of its own. */
public interface TokenNetwork {
    /** How many token ids it reads. */
    int vocabulary();

    /** How many classes it answers with. */
    int classes();

    ParameterLayout layout();

    /** Initial values from a seed, in the layout's order. */
    float[] initial(long seed);

    /**
     * Logits of every position.
     *
     * @param parameters by name, [instance, ...shape]
     * @param tokens int64 [instance, row, pos]
     * @param visitor reads and replaces values on the way
     * @return [instance, row, pos, class]
     */
    NDArray logits(Map<String, NDArray> parameters, NDArray tokens, HookVisitor visitor);
}
