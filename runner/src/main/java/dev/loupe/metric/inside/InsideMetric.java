package dev.loupe.metric.inside;

import dev.loupe.metric.Metric;

/** What is read inside the model, before its output. The permits clause is the registry of this group. */
public sealed interface InsideMetric extends Metric permits Activation {}
