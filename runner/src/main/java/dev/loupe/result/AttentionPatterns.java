package dev.loupe.result;

import java.util.List;

/**
 * Attention patterns of a few examples.
 *
 * @param heads which heads, in order, as {@code L1H4}
 * @param examples one entry per example
 * @param model whose patterns they are; empty where unknown
 */
public record AttentionPatterns(
        String name, String title, String doc, List<String> heads, List<Example> examples, String model)
        implements Artifact {
    /** Of a model that is not known. */
    public AttentionPatterns(String name, String title, String doc, List<String> heads, List<Example> examples) {
        this(name, title, doc, heads, examples, "");
    }

    /**
     * @param tokens the visible text of each position
     * @param pattern attention weights [head, query, key], rows sum to 1, masked keys are NaN
     */
    public record Example(List<String> tokens, NamedArray pattern) {}
}
