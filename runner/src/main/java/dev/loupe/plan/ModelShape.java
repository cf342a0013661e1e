package dev.loupe.plan;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;

/**
 * The sizes of a model that planning needs: shapes, FLOPs and bytes follow from them. Names as in TransformerLens.
 *
 * @param kind {@code transformer}, {@code toy-autoencoder} or {@code pair-embedding-mlp}
 * @param kvHeads heads of keys and values; below {@code heads} for grouped queries
 * @param instances axes of the models on a batched instance axis; none for a transformer
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
        List<Axis> instances) {
    public ModelShape {
        instances = List.copyOf(instances);
    }

    /** Weights of the whole model, embeddings included. */
    public long parameters() {
        long block = (long) dModel * dHead * (2L * heads + 2L * kvHeads);
        if (!attentionOnly) {
            block += (long) dModel * dMlp * (gated ? 3 : 2);
        }
        return NamedArray.sizeOf(instances)
                * (layers * block + (long) dModel * ((long) vocabulary + outputs + context));
    }
}
