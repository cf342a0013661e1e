package dev.loupe.model.card;

import dev.loupe.model.toy.ComputeMlpConfig;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;

/** A compute MLP. */
@Named("compute-mlp")
@Doc("An MLP with one hidden layer from numbers to numbers")
@Example("compute-mlp: {inputs: 6, hidden: 15, outputs: 15}")
public record ComputeMlpArchitecture(
        @Key("compute-mlp") @Doc("Its configuration") ComputeMlpConfig config) implements ToyArchitecture {}
