package dev.loupe.metric.answer;

import dev.loupe.metric.Metric;

/** What a model gives the answer of a row, at one position. The permits clause is the registry of this group. */
public sealed interface AnswerMetric extends Metric
        permits AnswerProbability, LogProbability, LogitDifference, ProbabilityDifference, Preference, SetError {}
