package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.loupe.hook.Site;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** Token and position embedding. */
final class Embedding {
    private final TransformerConfig config;
    private final NDArray tokens;
    private final @Nullable NDArray positions;

    Embedding(Parameters weights) {
        config = weights.config();
        tokens = weights.get("embed.W_E");
        positions = config.positionalEmbeddingType().learned() ? weights.get("pos_embed.W_pos") : null;
    }

    /** The residual stream before block 0 from ids int64 [instance?, batch, pos]. */
    NDArray apply(Frame frame, NDArray ids, @Nullable NDArray placed) {
        NDArray x = frame.visit(Site.EMBED, lookUp(frame, ids));
        return placed == null || config.positionalEmbeddingType() != PositionalEmbedding.STANDARD ? x : x.add(placed);
    }

    private NDArray lookUp(Frame frame, NDArray ids) {
        NDManager manager = frame.manager();
        if (frame.instances() == 0) {
            return Ops.own(
                    ai.djl.nn.core.Embedding.embedding(ids, tokens, SparseFormat.DENSE)
                            .singletonOrThrow()
                            .toType(DataType.FLOAT32, false),
                    manager);
        }
        // One table for all instances: instance i's ids start at i * d_vocab.
        NDArray starts = manager.arange(0, frame.instances(), 1, ids.getDataType())
                .muli(config.dVocab())
                .reshape(frame.instances(), 1, 1);
        NDArray table = Ops.own(tokens.reshape(new Shape(-1, config.dModel())), manager);
        return Ops.own(
                ai.djl.nn.core.Embedding.embedding(starts.add(ids), table, SparseFormat.DENSE)
                        .singletonOrThrow()
                        .toType(DataType.FLOAT32, false),
                manager);
    }

    /** Position vectors [instance?, 1, pos, d_model] or, where they were edited, [instance?, batch, pos, d_model]; null without. */
    @Nullable
    NDArray positions(Frame frame, long offset, Shape residual) {
        if (positions == null) {
            return null;
        }
        int n = residual.dimension();
        NDArray rows = Ops.slice(positions, 2, offset, offset + residual.get(n - 2), frame.manager());
        NDArray one = rows.expandDims(rows.getShape().dimension() - 2);
        if (!frame.wants(Site.POS_EMBED)) {
            return one;
        }
        return frame.visit(Site.POS_EMBED, one.broadcast(residual));
    }
}
