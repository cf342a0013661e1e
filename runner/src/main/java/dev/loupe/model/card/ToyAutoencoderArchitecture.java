package dev.loupe.model.card;

import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;

/** A toy autoencoder. */
@Named("toy-autoencoder")
@Doc("The ReLU-output autoencoder of Toy Models of Superposition")
@Example("toy-autoencoder: {features: 5, hidden: 2}")
public record ToyAutoencoderArchitecture(
        @Key("toy-autoencoder") @Doc("Its configuration") ToyAutoencoderConfig config) implements ToyArchitecture {}
