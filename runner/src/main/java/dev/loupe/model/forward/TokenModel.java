package dev.loupe.model.forward;

import ai.djl.ndarray.NDManager;

/** A model that reads tokens and gives logits. */
public interface TokenModel {
    /**
     * One forward pass.
     *
     * @param target owns the result
     */
    ForwardResult forward(ForwardRequest pass, HookVisitor visitor, NDManager target);

    /**
     * Its weights.
     *
     * @throws IllegalStateException where it has none
     */
    Parameters parameters();

    /** Whether later positions are masked. */
    boolean causal();
}
