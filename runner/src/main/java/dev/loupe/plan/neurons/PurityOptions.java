package dev.loupe.plan.neurons;

import java.util.ArrayList;
import java.util.List;

/**
 * How the examples of a neuron are judged.
 *
 * @param examples how many of each kind
 * @param strata quantiles of the activation between which others are drawn, ascending
 * @param labels position classes or values of labels that may say what examples have in common
 * @param terms conditions of a rule, at most
 * @param tokens tokens of a condition, at most
 * @param pure the share of examples from which on a neuron counts as pure
 * @param share of examples that something of its own needs, to be a feature
 * @param seed of the draws
 */
public record PurityOptions(
        int examples,
        List<Double> strata,
        List<String> labels,
        int terms,
        int tokens,
        double pure,
        double share,
        long seed) {
    public PurityOptions {
        strata = List.copyOf(strata);
        labels = List.copyOf(labels);
    }

    /** Names of the kinds of examples: those of the largest activations, then the strata from below. */
    public List<String> kinds() {
        List<String> kinds = new ArrayList<>(List.of("top"));
        for (int k = 0; !strata.isEmpty() && k <= strata.size(); k++) {
            kinds.add((k == 0 ? 0 : strata.get(k - 1)) + " to " + (k == strata.size() ? 1 : strata.get(k)));
        }
        return kinds;
    }
}
