package dev.loupe.result;

/**
 * What chance alone gives, beside a find. For a search over many components this is the distribution of the
 * <em>maximum</em>, so that a find is compared with the best that chance finds.
 *
 * @param method in words: "maximum over heads of 20 untrained models, seeds 3..22"
 * @param draws the null statistic of every draw, in the order drawn
 * @param quantile99 the 99th percentile of the draws
 */
public record NullBand(String method, double[] draws, double quantile99) {}
