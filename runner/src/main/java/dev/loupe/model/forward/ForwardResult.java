package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What a forward pass gave.
 *
 * @param residual [batch, pos, d_model] after the last block that ran; of no use where the pass ended inside that
 * @param logitsOrNull [batch, pos, d_vocab_out], or only the wanted positions and columns
 * @param keyValues where the pass was to keep them
 */
public record ForwardResult(
        NDArray residual,
        @Nullable NDArray logitsOrNull,
        @Nullable KeyValues keyValues) {
    /** @throws IllegalStateException where the pass was not to unembed */
    public NDArray logits() {
        if (logitsOrNull == null) {
            throw new IllegalStateException("this pass computed no logits");
        }
        return logitsOrNull;
    }
}
