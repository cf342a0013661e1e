package dev.loupe.model.toy;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;

/** Shape of the ReLU-output autoencoder of Elhage et al. 2022, "Toy Models of Superposition". */
@Doc("The ReLU-output autoencoder of Toy Models of Superposition: tied weights, more features than dimensions")
@Example("{features: 5, hidden: 2}")
public record ToyAutoencoderConfig(
        @Doc("Number of features, n") int features,
        @Doc("Number of hidden dimensions, m") int hidden,
        @Doc("Output activation") @Default("relu") ToyActivation activation,

        @Doc("Dropout rate of hidden dimensions in training (inverted dropout)") @Default("0")
        double dropout) {

    public ToyAutoencoderConfig {
        if (features < 1 || hidden < 1) {
            throw new IllegalArgumentException("features and hidden must be at least 1");
        }
        if (dropout < 0 || dropout >= 1) {
            throw new IllegalArgumentException("dropout must be at least 0 and below 1");
        }
    }
}
