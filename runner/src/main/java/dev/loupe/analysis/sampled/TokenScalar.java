package dev.loupe.analysis.sampled;

import dev.loupe.hook.Site;
import dev.loupe.schema.annotation.Doc;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A number for each token and layer that is made from several activations, or drawn at random to check a statistic. */
public enum TokenScalar {
    @Doc("The scale of the LayerNorm inside a SoLU MLP, the square root of variance + epsilon.")
    LN_SCALE {
        @Override
        double of(Inputs inputs) {
            return inputs.scale();
        }
    },
    @Doc("The largest probability of the softmax over neurons.")
    SOLU_MAX {
        @Override
        double of(Inputs inputs) {
            return Math.exp(Arrays.stream(inputs.pre()).max().orElse(Double.NaN) - inputs.denominator());
        }
    },
    @Doc("The logarithm of the softmax's denominator: logsumexp of the activations before SoLU.")
    SOLU_LOGSUMEXP {
        @Override
        double of(Inputs inputs) {
            return inputs.denominator();
        }
    },
    @Doc("The entropy of the softmax over neurons, in nats.")
    SOFTMAX_ENTROPY {
        @Override
        double of(Inputs inputs) {
            double denominator = inputs.denominator();
            return Arrays.stream(inputs.pre())
                    .map(x -> Math.exp(x - denominator) * (denominator - x))
                    .sum();
        }
    },
    @Doc(
            "The share of variance in variance + epsilon of that LayerNorm: near 1 the softmax's denominator cancels, near 0 it turns "
                    + "the layer off.")
    VAR_SHARE {
        @Override
        double of(Inputs inputs) {
            return inputs.share();
        }
    },
    @Doc(
            "How much what LayerNorm gives would change, relative to its length, if the softmax's denominator were ten times "
                    + "smaller: 10 / sqrt(100 s + 1 - s) - 1 at a share of variance s.")
    GAUGE_CHANGE {
        @Override
        double of(Inputs inputs) {
            double share = inputs.share();
            return 10 / Math.sqrt(100 * share + 1 - share) - 1;
        }
    },
    @Doc("A draw from a standard normal distribution.")
    NORMAL {
        @Override
        double of(Inputs inputs) {
            return inputs.random().nextGaussian();
        }
    },
    @Doc("A draw from Laplace's distribution: excess kurtosis 3.")
    LAPLACE {
        @Override
        double of(Inputs inputs) {
            SplittableRandom random = inputs.random();
            double size = -Math.log(1 - random.nextDouble());
            return random.nextBoolean() ? size : -size;
        }
    },
    @Doc("A draw from two normal distributions of equal weight, 4 standard deviations apart.")
    TWO_NORMALS {
        @Override
        double of(Inputs inputs) {
            SplittableRandom random = inputs.random();
            return random.nextGaussian() + (random.nextBoolean() ? 2 : -2);
        }
    },
    @Doc("The product of two draws from a standard normal distribution: excess kurtosis 6.")
    PRODUCT_OF_NORMALS {
        @Override
        double of(Inputs inputs) {
            SplittableRandom random = inputs.random();
            return random.nextGaussian() * random.nextGaussian();
        }
    };

    /**
     * What a scalar is made from.
     *
     * @param pre activations before SoLU, none where only draws are asked for
     * @param scale of the LayerNorm after it
     * @param random for this token, layer and scalar
     */
    record Inputs(double[] pre, double scale, SplittableRandom random) {
        double denominator() {
            double most = Arrays.stream(pre).max().orElse(Double.NaN);
            return most
                    + Math.log(Arrays.stream(pre).map(x -> Math.exp(x - most)).sum());
        }

        /** Variance of x softmax(x) over the square of the scale. */
        double share() {
            double denominator = denominator();
            double[] mid =
                    Arrays.stream(pre).map(x -> x * Math.exp(x - denominator)).toArray();
            double mean = Arrays.stream(mid).average().orElse(0);
            double variance = Arrays.stream(mid)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElse(0);
            return Math.min(1, variance / (scale * scale));
        }
    }

    abstract double of(Inputs inputs);

    /** Whether it is drawn at random. */
    boolean drawn() {
        return ordinal() >= NORMAL.ordinal();
    }

    /** The activations that scalars are made from, none for draws alone. */
    public static List<Site> sites(List<TokenScalar> scalars) {
        return scalars.stream().allMatch(TokenScalar::drawn) ? List.of() : List.of(Site.MLP_PRE, Site.MLP_LN_SCALE);
    }

    /** Its label on the axis of the scalars. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
