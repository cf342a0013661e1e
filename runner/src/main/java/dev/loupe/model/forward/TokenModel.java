package dev.loupe.model.forward;

import ai.djl.ndarray.NDManager;
import dev.loupe.model.dictionary.Dictionary;
import java.util.List;

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

    /** The dictionaries of features that are attached to it. */
    default List<Dictionary> dictionaries() {
        return List.of();
    }

    /** The dictionary of a layer. */
    default Dictionary dictionary(int layer) {
        return dictionaries().stream()
                .filter(one -> one.config().layer() == layer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no dictionary in layer " + layer));
    }

    /** Whether later positions are masked. */
    boolean causal();
}
