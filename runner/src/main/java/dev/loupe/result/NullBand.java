package dev.loupe.result;

import java.util.Arrays;

/**
 * What chance alone gives, beside a find. For a search over many components this is the distribution of the
 * <em>maximum</em>, so that a find is compared with the best that chance finds.
 *
 * @param method in words: "maximum over heads of 20 untrained models, seeds 3..22"
 * @param draws the null statistic of every draw, in the order drawn
 * @param quantile99 the 99th percentile of the draws
 */
public record NullBand(String method, double[] draws, double quantile99) {
    @Override
    public boolean equals(Object other) {
        return other instanceof NullBand that
                && method.equals(that.method)
                && Arrays.equals(draws, that.draws)
                && Double.compare(quantile99, that.quantile99) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * method.hashCode() + Arrays.hashCode(draws)) + Double.hashCode(quantile99);
    }

    @Override
    public String toString() {
        return "99 % of " + draws.length + " below " + quantile99 + " (" + method + ")";
    }
}
