package dev.loupe.plan.ask;

/**
 * One model of a plan: one card, one seed, one processing.
 *
 * @param label for people: {@code induction-2l seed 0}
 * @param identity hash of everything the weights depend on; equal identities are equal models
 */
public record ModelRef(String label, String identity, ModelShape shape) {}
