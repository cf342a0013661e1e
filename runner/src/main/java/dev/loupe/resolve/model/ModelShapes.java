package dev.loupe.resolve.model;

import dev.loupe.hook.Site;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.PackedTensor;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sizes that planning needs, from an architecture. */
public final class ModelShapes {
    private ModelShapes() {}

    public static ModelShape of(TransformerConfig c) {
        return of(c, false);
    }

    /** @param tied whether the unembedding is the embedding's own memory */
    public static ModelShape of(TransformerConfig c, boolean tied) {
        long parameters =
                PackedTensor.of(c).stream().mapToLong(PackedTensor::size).sum();
        return new ModelShape(
                "transformer",
                c.nLayers(),
                c.dModel(),
                c.nHeads(),
                c.nKeyValueHeads(),
                c.dHead(),
                c.dMlp(),
                c.dVocab(),
                c.dVocabOut(),
                c.nCtx(),
                c.attnOnly(),
                c.gatedMlp(),
                c.parallelAttnMlp(),
                !c.outputNormalization().isNone(),
                c.outputLogitsSoftCap() != -1,
                tied ? parameters - (long) c.dModel() * c.dVocabOut() : parameters,
                List.of(),
                keys(c));
    }

    private static @Nullable Site keys(TransformerConfig c) {
        if (c.attentionDir() != AttentionDirection.CAUSAL) {
            return null;
        }
        if (c.positionalEmbeddingType() == PositionalEmbedding.ROTARY) {
            return Site.ROT_K;
        }
        // Keys that are normalised and not rotated stand at no site.
        return c.qkNorm().isNone() ? Site.K : null;
    }
}
