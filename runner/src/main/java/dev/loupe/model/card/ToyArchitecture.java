package dev.loupe.model.card;

import dev.loupe.model.toy.ToyConfig;

/** A network without tokens. */
public sealed interface ToyArchitecture extends Architecture
        permits ToyAutoencoderArchitecture, PairMlpArchitecture, ComputeMlpArchitecture {
    ToyConfig config();
}
