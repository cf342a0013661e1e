package dev.loupe.analysis.neurons;

import java.util.List;

/** The edges of strata of a neuron's activation. */
final class QuantileEdges {
    private QuantileEdges() {}

    /** @throws IllegalArgumentException where they are not quantiles in ascending order */
    static void check(List<Double> strata) {
        for (int i = 0; i < strata.size(); i++) {
            if (!(strata.get(i) > 0 && strata.get(i) < 1) || i > 0 && strata.get(i) <= strata.get(i - 1)) {
                throw new IllegalArgumentException("`strata` are quantiles between 0 and 1, ascending, not " + strata);
            }
        }
    }
}
