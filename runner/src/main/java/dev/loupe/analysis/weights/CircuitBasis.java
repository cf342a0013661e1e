package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** The vectors that a head's circuit is seen through. */
enum CircuitBasis {
    @Doc("The residual stream itself: no embeddings are applied.")
    RESIDUAL,
    @Doc("Token embeddings after the normalisation before attention, and the unembedding, without positions.")
    EMBEDDINGS,
    @Key("effective-embeddings")
    @Doc("The same with the output of the first MLP added to the embeddings: what heads after layer 0 read for a "
            + "token.")
    EFFECTIVE_EMBEDDINGS;

    /** What each token is to a layer's heads [token, d_model]; the residual stream itself has no tokens. */
    NDArray tokens(WeightAccess w, int layer) {
        return switch (this) {
            case RESIDUAL -> throw new IllegalStateException("the residual stream has no tokens to show");
            case EMBEDDINGS -> w.beforeAttention(layer, w.tensor("embed.W_E"));
            case EFFECTIVE_EMBEDDINGS -> {
                try (NDArray embedded = w.effectiveEmbedding(everyToken(w))) {
                    yield w.beforeAttention(layer, embedded);
                }
            }
        };
    }

    /** Bytes that {@link #tokens} holds on the way. */
    long bytes(ModelShape shape) {
        long vocabulary = 4L * shape.vocabulary() * shape.dModel();
        return this == RESIDUAL ? 0 : this == EMBEDDINGS ? vocabulary : 2 * vocabulary;
    }

    private static NDArray everyToken(WeightAccess w) {
        return w.tensor("embed.W_E").getManager().arange(w.shape().vocabulary());
    }

    String word() {
        return switch (this) {
            case RESIDUAL -> "in the residual stream";
            case EMBEDDINGS -> "between token embeddings, normalised as before attention";
            case EFFECTIVE_EMBEDDINGS -> "between token embeddings after layer 0's MLP, normalised as before attention";
        };
    }
}
