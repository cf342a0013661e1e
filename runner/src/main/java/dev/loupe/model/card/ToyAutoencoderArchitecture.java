package dev.loupe.model.card;

import dev.loupe.model.ToyAutoencoderConfig;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;

/** A toy autoencoder. */
@Named("toy-autoencoder")
@Doc("The ReLU-output autoencoder of Toy Models of Superposition")
@Example("toy-autoencoder: {features: 5, hidden: 2}")
public record ToyAutoencoderArchitecture(
        @Key("toy-autoencoder") @Doc("Its shape") ToyAutoencoderConfig config) implements Architecture {}
