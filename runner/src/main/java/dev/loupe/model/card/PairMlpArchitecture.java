package dev.loupe.model.card;

import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;

/** A pair-embedding MLP. */
@Named("pair-mlp")
@Doc("An MLP with one hidden layer over two embedded inputs")
@Example("pair-mlp: {inputs: 59, hidden: 256}")
public record PairMlpArchitecture(
        @Key("pair-mlp") @Doc("Its configuration") PairEmbeddingMlpConfig config) implements ToyArchitecture {}
