package dev.loupe.analysis.weights;

import dev.loupe.analysis.Analysis;

/** What can be read from weights alone. The permits clause is the registry of this group. */
public sealed interface WeightAnalysis extends Analysis
        permits Composition,
                Copying,
                NearestNeurons,
                ReadWrite,
                TokenCircuit,
                Weights,
                WeightDirections,
                Svd,
                SvdTokens {
    @Override
    default boolean readsRows() {
        return false;
    }
}
