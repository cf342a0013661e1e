package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import dev.loupe.result.Axis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a model that planning needs: shapes, FLOPs and bytes follow from them. Names as in TransformerLens.
 *
 * @param kind {@code transformer}, {@code table} for logits without a network, or the kind of a network without tokens: {@code toy-autoencoder}, {@code pair-mlp},
 *     {@code compute-mlp}
 * @param kvHeads heads of keys and values; below {@code heads} for grouped queries
 * @param outputNorms whether what attention and MLPs write is normalised before it is added to the residual stream
 * @param cappedLogits whether logits go through a soft-cap, so that they are no sum of what components write
 * @param parameters numbers that the loaded model keeps, those that two of its matrices share counted once
 * @param instances axes of the models on a batched instance axis; none for a transformer
 * @param keys the site of the keys that later positions look at, rotated where the model rotates; null where attention is not
 *     causal, so that what is earlier may depend on what is later
 */
public record ModelShape(
        String kind,
        int layers,
        int dModel,
        int heads,
        int kvHeads,
        int dHead,
        int dMlp,
        int vocabulary,
        int outputs,
        int context,
        boolean attentionOnly,
        boolean gated,
        boolean parallel,
        boolean outputNorms,
        boolean cappedLogits,
        long parameters,
        List<Axis> instances,
        @Nullable Site keys) {
    /** The kind of a model that gives logits and has nothing inside. */
    public static final String TABLE = "table";

    public ModelShape {
        instances = List.copyOf(instances);
    }

    /** Whether it reads tokens; other networks read vectors. */
    public boolean readsTokens() {
        return kind.equals("transformer") || kind.equals(TABLE);
    }

    /** Of a model whose positions are not known to be independent of later ones. */
    public ModelShape(
            String kind,
            int layers,
            int dModel,
            int heads,
            int kvHeads,
            int dHead,
            int dMlp,
            int vocabulary,
            int outputs,
            int context,
            boolean attentionOnly,
            boolean gated,
            boolean parallel,
            long parameters,
            List<Axis> instances) {
        this(
                kind,
                layers,
                dModel,
                heads,
                kvHeads,
                dHead,
                dMlp,
                vocabulary,
                outputs,
                context,
                attentionOnly,
                gated,
                parallel,
                false,
                false,
                parameters,
                instances,
                null);
    }
}
