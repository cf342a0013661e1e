package dev.loupe.result;

/**
 * One stored result. What a page shows and what later readers load; it holds everything that its section needs, so that
 * a report can be made again from stored results alone.
 */
public sealed interface Artifact permits Quantity, AttentionPatterns, TokenText, TokenRankings {
    /** The measurement's name in the spec, unique in a run; a part is written {@code scores.IND}. */
    String name();

    /** One line for a heading. */
    String title();

    /** What the numbers are: formula, unit, source. Markdown. */
    String doc();
}
