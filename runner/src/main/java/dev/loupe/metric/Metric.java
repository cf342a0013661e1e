package dev.loupe.metric;

/**
 * What is read from a model's output, one number per row. The permits clause is the registry: a new metric is one record,
 * one word here and one test.
 */
public sealed interface Metric extends RowReading
        permits AnswerProbability, Loss, Accuracy, LogitDifference, ProbabilityDifference, Preference {
    /** The unit of its values, empty for a pure number. */
    String unit();

    /**
     * Two means closer than this count as equal, so that a share of their difference is undefined; 0 where only equal ones
     * do.
     */
    default double distinct() {
        return 0;
    }

    /** The formula, for captions. */
    String formula();
}
