package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scalars of a SoLU layer that is written out here, in double precision. */
class TokenScalarTest {
    private final double[] pre = new Random(3).doubles(200, -2, 3).toArray();

    private double[] mid() {
        double sum = Arrays.stream(pre).map(Math::exp).sum();
        return Arrays.stream(pre).map(x -> x * Math.exp(x) / sum).toArray();
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Arrays.stream(x).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
    }

    /** What LayerNorm without gain and bias makes of numbers. */
    private static double[] normed(double[] x, double epsilon) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double scale = Math.sqrt(variance(x) + epsilon);
        return Arrays.stream(x).map(a -> (a - mean) / scale).toArray();
    }

    private double told(TokenScalar scalar, double epsilon) {
        double scale = Math.sqrt(variance(mid()) + epsilon);
        return scalar.of(new TokenScalar.Inputs(pre, scale, new SplittableRandom(1)));
    }

    @Test
    void theSoftmax() {
        double sum = Arrays.stream(pre).map(Math::exp).sum();
        double most = Arrays.stream(pre).max().orElseThrow();
        assertThat(told(TokenScalar.SOLU_LOGSUMEXP, 1e-5)).isEqualTo(Math.log(sum), within(1e-12));
        assertThat(told(TokenScalar.SOLU_MAX, 1e-5)).isEqualTo(Math.exp(most) / sum, within(1e-12));
        double entropy = Arrays.stream(pre)
                .map(x -> Math.exp(x) / sum)
                .map(p -> -p * Math.log(p))
                .sum();
        assertThat(told(TokenScalar.SOFTMAX_ENTROPY, 1e-5)).isEqualTo(entropy, within(1e-12));
    }

    /** The softmax's denominator divided by ten is ten times the input of LayerNorm. */
    @Test
    void theChangeWithoutTheDenominatorIsThatOfTheLayerItself() {
        double[] ten = Arrays.stream(mid()).map(x -> 10 * x).toArray();
        for (double epsilon : new double[] {1e-3, 1e-5, 0}) {
            double[] before = normed(mid(), epsilon);
            double[] after = normed(ten, epsilon);
            double change = 0;
            double length = 0;
            for (int i = 0; i < before.length; i++) {
                change += Math.pow(after[i] - before[i], 2);
                length += Math.pow(before[i], 2);
            }
            assertThat(told(TokenScalar.GAUGE_CHANGE, epsilon)).isEqualTo(Math.sqrt(change / length), within(1e-9));
            assertThat(told(TokenScalar.VAR_SHARE, epsilon))
                    .isEqualTo(variance(mid()) / (variance(mid()) + epsilon), within(1e-9));
        }
        assertThat(told(TokenScalar.GAUGE_CHANGE, 0)).isEqualTo(0, within(1e-9));
    }
}
