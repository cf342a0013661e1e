package dev.loupe.model.network;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.ToyArchitecture;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The config.json of a network without tokens. A card's words describe it, since the fields of no library do.
 *
 * @param architecture the kind of network and its shape
 * @param data what it was trained on, null where each spec says what it is measured on
 * @param tensors what the file calls a parameter, by the parameter's own name; the others have their own names
 * @param transposed parameters whose matrices the file has with rows and columns exchanged
 */
@Doc("The config.json of a network without tokens that Loupe did not train")
@Example(
        "{architecture: {compute-mlp: {inputs: 6, hidden: 15, outputs: 15}}, tensors: {W_in: fc1.weight, b_in: fc1.bias}, "
                + "transposed: W_in}")
public record NetworkDescription(
        @Doc("The kind of network and its shape, as in a card")
        ToyArchitecture architecture,

        @Doc(
                "The data that it was trained on, as in a card: it is measured with their sparsities and importances. Left out: with what "
                        + "the dataset of the spec says")
        @Nullable
        Dataset data,

        @Doc("What the weights file calls a parameter, where that is not the parameter's own name") @Default("{}")
        Map<String, String> tensors,

        @Doc("Parameters whose matrices lie in the file with rows and columns exchanged, as torch.nn.Linear has them")
        @Default("[]")
        @OneOrMany
        List<String> transposed) {
    public NetworkDescription {
        tensors = Map.copyOf(tensors);
        transposed = List.copyOf(transposed);
        if (data != null && !(data instanceof FeatureDataset)) {
            throw new IllegalArgumentException("`data` of a network without tokens is one of the generators"
                    + " sparse-features, feature-pairs and modular-pairs");
        }
    }

    /** The data as vectors. */
    @Nullable
    FeatureDataset vectors() {
        return (FeatureDataset) data;
    }
}
