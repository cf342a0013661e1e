package dev.loupe.result;

import java.util.List;

/**
 * Attention patterns of a few examples.
 *
 * @param heads which heads, in order, as {@code L1H4}
 * @param examples one entry per example
 */
public record AttentionPatterns(String name, String title, String doc, List<String> heads, List<Example> examples)
        implements Artifact {
    /**
     * @param tokens the visible text of each position
     * @param pattern attention weights [head, query, key], rows sum to 1, masked keys are NaN
     */
    public record Example(List<String> tokens, NamedArray pattern) {}
}
