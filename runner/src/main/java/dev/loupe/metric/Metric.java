package dev.loupe.metric;

/**
 * What is read from a model's output, one number per row. The permits clause is the registry: a new metric is one record,
 * one word here and one test.
 */
public sealed interface Metric extends RowReading permits Loss, Accuracy, LogitDifference {
    /** The unit of its values, empty for a pure number. */
    String unit();

    /** The formula, for captions. */
    String formula();
}
