package dev.loupe.metric.reading;

import dev.loupe.schema.annotation.Doc;

/**
 * How the several ids that count as a row's answer, or as its wrong answer, are read as one number. Of one id all four are
 * the same. What the numbers are (logits, probabilities) is the metric's affair.
 */
@Doc("How several answers of a row are combined into one number. If every row has one answer, all choices are equal.")
public enum Reduction {
    @Doc("The sum over the answers; for probabilities, the probability of any of them.")
    SUM,
    @Doc("The mean over the answers.")
    MEAN,
    @Doc("The value of the most probable answer.")
    MAX,
    @Doc("The first answer in the dataset; the others are ignored.")
    FIRST
}
