package dev.loupe.dataset.rows;

/** Probabilities of the next token at every position of a row, given the tokens up to it. */
public interface NextTokens {
    /** How many token ids the probabilities are of. */
    int vocabulary();

    /** Probabilities [pos][id] of the token after each position; each position's add up to 1. */
    double[][] next(int[] tokens);
}
