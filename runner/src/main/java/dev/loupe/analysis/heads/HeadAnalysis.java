package dev.loupe.analysis.heads;

import dev.loupe.analysis.Analysis;

/** Where heads attend and what for. The permits clause is the registry of this group. */
public sealed interface HeadAnalysis extends Analysis
        permits HeadScores,
                AttentionTo,
                DistanceProfile,
                OffsetScores,
                Roles,
                TargetScores,
                AttentionExamples,
                ScoreDecomposition {}
