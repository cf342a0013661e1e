package dev.loupe.plan.neurons;

import java.util.List;

/**
 * How rules are made and tested.
 *
 * @param fires the share of the activation that is furthest from 0, on the forming documents, beyond which a neuron fires
 * @param side the side of 0 on which it does
 * @param terms conditions of a rule, at most
 * @param tokens tokens of a condition, at most
 * @param labels position classes or values of labels that a rule may speak of
 * @param train share of documents that rules are made from, where another dataset does not give them
 * @param draws how often rules of moved activations are made
 * @param seed of the split of documents and of the draws
 */
public record RuleOptions(
        double fires, FiringSide side, int terms, int tokens, List<String> labels, double train, int draws, long seed) {
    public RuleOptions {
        labels = List.copyOf(labels);
    }
}
