package dev.loupe.model.card;

import dev.loupe.model.PairEmbeddingMlpConfig;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;

/** A pair-embedding MLP. */
@Named("pair-mlp")
@Doc("One hidden layer over two embedded inputs")
@Example("pair-mlp: {inputs: 59, hidden: 256}")
public record PairMlpArchitecture(
        @Key("pair-mlp") @Doc("Its shape") PairEmbeddingMlpConfig config) implements Architecture {}
