package dev.loupe.analysis.neurons;

import java.util.List;

/** Several shares of something, or quantiles, from the smallest to the largest. */
final class AscendingShares {
    private AscendingShares() {}

    /**
     * Checks an option.
     *
     * @param are the option and what its numbers are, in words
     * @throws IllegalArgumentException where they are not between 0 and 1 and ascending
     */
    static void check(List<Double> shares, String are) {
        for (int i = 0; i < shares.size(); i++) {
            if (!(shares.get(i) > 0 && shares.get(i) < 1) || i > 0 && shares.get(i) <= shares.get(i - 1)) {
                throw new IllegalArgumentException(are + " between 0 and 1, ascending, not " + shares);
            }
        }
    }
}
