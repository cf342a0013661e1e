package dev.loupe.analysis.toys;

import dev.loupe.analysis.Analysis;

/** What networks without tokens do with their features. The permits clause is the registry of this group. */
public sealed interface ToyAnalysis extends Analysis
        permits Fourier,
                FourierLogits,
                FourierSpectrum,
                FrequencyAblation,
                PrivilegedBasis,
                RotationTest,
                ToyComputation,
                ToyFeatures {}
