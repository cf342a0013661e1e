package dev.loupe.plan.neurons;

import java.util.List;

/**
 * How many examples of each kind are chosen for a neuron.
 *
 * @param top of the largest activations
 * @param lowest of the smallest
 * @param strata the quantiles of the neuron's activation between which others are drawn, ascending
 * @param perStratum how many from each stratum
 * @param random drawn from all sampled positions alike
 */
public record ExampleCounts(int top, int lowest, List<Double> strata, int perStratum, int random) {
    public ExampleCounts {
        strata = List.copyOf(strata);
    }

    /** The largest alone. */
    public static ExampleCounts topOf(int top) {
        return new ExampleCounts(top, 0, List.of(), 0, 0);
    }

    /** Whether sampled positions are needed. */
    public boolean samples() {
        return random > 0 || !strata.isEmpty() && perStratum > 0;
    }

    /** Of one neuron. */
    public int all() {
        return top + lowest + (strata.isEmpty() ? 0 : (strata.size() + 1) * perStratum) + random;
    }
}
