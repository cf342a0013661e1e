package dev.loupe.metric.token;

import dev.loupe.metric.Metric;

/** How well a model predicts tokens, over positions. The permits clause is the registry of this group. */
public sealed interface TokenMetric extends Metric permits Loss, Accuracy {}
