package dev.loupe.analysis.neurons;

import dev.loupe.analysis.Analysis;

/** Analyses of sampled activations of neurons. The permits clause is the registry of this group. */
public sealed interface NeuronAnalysis extends Analysis
        permits ActivationDistribution,
                ActivationHistogram,
                GateSigns,
                LabelSearch,
                MaxActivating,
                VocabularyAttribution,
                Contrast,
                Probe,
                OwnExamples,
                DictionaryQuality,
                ClassGeometry,
                NeuronRule,
                ShortestContext,
                ExampleEffect,
                Purity,
                Illusion,
                Similarity,
                SameNeuron {}
