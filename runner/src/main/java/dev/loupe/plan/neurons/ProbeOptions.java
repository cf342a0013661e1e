package dev.loupe.plan.neurons;

import java.util.List;

/**
 * How probes are fitted.
 *
 * @param labels position classes, values of labels, or ordinal labels
 * @param k how many components each probe reads, those that tell the label best on training documents; empty for all
 * @param train share of documents on which probes are fitted
 * @param draws how often labels that say nothing are drawn
 * @param seed of the split of documents and of the draws
 */
public record ProbeOptions(List<String> labels, List<Integer> k, double train, int draws, long seed) {
    public ProbeOptions {
        labels = List.copyOf(labels);
        k = List.copyOf(k);
    }
}
