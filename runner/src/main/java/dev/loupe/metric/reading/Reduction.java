package dev.loupe.metric.reading;

import dev.loupe.schema.annotation.Doc;

/**
 * How the several ids that count as a row's answer, or as its wrong answer, are read as one number. Of one id all four are
 * the same. What the numbers are (logits, probabilities) is the metric's affair.
 */
@Doc("How several answers of a row are read as one number. Where every row has one answer, all are the same.")
public enum Reduction {
    @Doc("The sum over the answers: of probabilities the probability of the set.")
    SUM,
    @Doc("The mean over the answers.")
    MEAN,
    @Doc("The largest: that of the likeliest answer.")
    MAX,
    @Doc("The answer that the dataset names first; the others are left out.")
    FIRST
}
