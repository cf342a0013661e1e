package dev.loupe.analysis.output;

import dev.loupe.analysis.Analysis;

/** What a model says, and which parts of it say it. The permits clause is the registry of this group. */
public sealed interface OutputAnalysis extends Analysis
        permits Evaluate, Apply, DirectAttribution, HeadAttribution, LogitLens, Logits, TextLoss, ModelAgreement {}
