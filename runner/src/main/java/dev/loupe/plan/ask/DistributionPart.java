package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** What is said of the distribution of one quantity over positions. */
public enum DistributionPart {
    @Doc("The mean.")
    MEAN,
    @Doc("The standard deviation.")
    SD,
    @Doc("The third moment of the deviations over sd cubed: 0 for a symmetric distribution.")
    SKEW,
    @Doc(
            "The fourth moment of the deviations over sd to the fourth, minus 3: 0 for a normal distribution, 3 for Laplace's, 6 "
                    + "for the product of two normals, which is the floor for `mlp.post` of a gated MLP.")
    EXCESS_KURTOSIS,
    @Doc("The share of values above 0.")
    POSITIVE,
    @Doc("The share of values more than 4 sd from the mean: 0.000063 for a normal distribution.")
    BEYOND_4,
    @Doc(
            "Hill's estimate of the tail exponent from the largest 1 % of the deviations from the mean, of either sign: the smaller, "
                    + "the heavier the tail. Undefined with fewer than 10 values in the tail.")
    HILL,
    @Doc("The Kolmogorov-Smirnov distance to the normal distribution with the same mean and sd, 0 to 1.")
    KS_NORMAL,
    @Doc("The share of variance that a straight line explains in a normal quantile plot: 1 for a normal distribution.")
    QQ_R2,
    @Doc("Hartigan's dip: the largest distance to the nearest distribution with one mode, from 1 / (2 n) to 0.25.")
    DIP,
    @Doc(
            "Sarle's coefficient of bimodality, (skew² + 1) / kurtosis: 0.333 for a normal distribution, 0.555 for a uniform one, "
                    + "1 for two points.")
    SARLE,
    @Doc(
            "How much better two normal distributions fit than one: the BIC of one minus the BIC of two, over the number of "
                    + "values. Above 0: two.")
    MIXTURE_BIC;

    /** Its label on the axis of the parts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
