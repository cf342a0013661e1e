package dev.loupe.plan;

/** A step that computes with the numbers of finished steps alone: no model, no matrix product and nothing large. */
public sealed interface FromValues extends WithoutModel
        permits Recover, Additivity, CompareLogits, RecheckRows, Agreement, EstimateScatter, RankingOverlap {}
