package dev.loupe.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Quantiles;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static Difference.Side sampled(double value, double... draws) {
        return new Difference.Side(value, Quantiles.of(draws, .025), Quantiles.of(draws, .975), draws);
    }

    /** A run that is the other plus 1 on every draw differs by exactly 1, however wide both intervals are. */
    @Test
    void sameRowsMakeAPairedInterval() {
        double[] draws = new SplittableRandom(1).doubles(1000, 0, 50).toArray();
        double[] more = IntStream.range(0, 1000).mapToDouble(i -> draws[i] + 1).toArray();
        Difference paired = Difference.of(sampled(25, draws), sampled(26, more), true, .95);
        assertThat(paired.value()).isEqualTo(1);
        assertThat(paired.low()).isEqualTo(1, within(1e-12));
        assertThat(paired.high()).isEqualTo(1, within(1e-12));
        assertThat(paired.kind()).isEqualTo(Difference.Kind.PAIRED);
        assertThat(paired.differs()).isTrue();
    }

    /**
     * Numbers of unlike rows vary independently, although equal seeds count rows of equal places: the variances add up. A
     * standard deviation of 1 in each is sqrt 2 in the difference.
     */
    @Test
    void otherRowsVaryIndependently() {
        SplittableRandom random = new SplittableRandom(2);
        double[] draws = IntStream.range(0, 20_000)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        Difference apart = Difference.of(sampled(0, draws), sampled(0, draws), false, .95);
        assertThat(apart.high() - apart.low()).isEqualTo(2 * 1.96 * Math.sqrt(2), within(.1));
        assertThat(apart.kind()).isEqualTo(Difference.Kind.INDEPENDENT);
        assertThat(apart.differs()).isFalse();
    }

    @Test
    void withoutResamplesTheEndsAreSubtracted() {
        Difference.Side first = new Difference.Side(10, 9, 12, null);
        Difference.Side later = new Difference.Side(15, 13, 16, null);
        Difference wide = Difference.of(first, later, true, .95);
        assertThat(wide).isEqualTo(new Difference(5, 1, 7, .95, Difference.Kind.WIDE, 1e-6 * 15));
        Difference.Side exact = new Difference.Side(20, Double.NaN, Double.NaN, null);
        assertThat(Difference.of(exact, later, true, .95))
                .isEqualTo(new Difference(-5, -7, -4, .95, Difference.Kind.WIDE, 1e-6 * 20));
    }

    @Test
    void exactNumbersDifferOrDoNot() {
        Difference.Side a = new Difference.Side(3, Double.NaN, Double.NaN, null);
        Difference.Side b = new Difference.Side(5, Double.NaN, Double.NaN, null);
        assertThat(Difference.of(a, b, false, .95).differs()).isTrue();
        assertThat(Difference.of(a, a, false, .95).differs()).isFalse();
        assertThat(Difference.of(a, b, false, .95).kind()).isEqualTo(Difference.Kind.EXACT);
    }

    /** Runs of 1,000 and of 400 resamples are compared on 400, each by itself: equal places of unlike seeds are no pairs. */
    @Test
    void unequalNumbersOfResamplesAreNoReasonForAWideInterval() {
        SplittableRandom random = new SplittableRandom(3);
        double[] many = IntStream.range(0, 20_000)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double[] few = IntStream.range(0, 8_000)
                .mapToDouble(i -> 3 + random.nextGaussian())
                .toArray();
        Difference apart = Difference.of(sampled(0, many), sampled(3, few), false, .95);
        assertThat(apart.kind()).isEqualTo(Difference.Kind.INDEPENDENT);
        assertThat(apart.low()).isEqualTo(3 - 1.96 * Math.sqrt(2), within(.1));
        assertThat(apart.high()).isEqualTo(3 + 1.96 * Math.sqrt(2), within(.1));
    }

    /** What is undefined, or rounded otherwise in float32, is no difference. */
    @Test
    void lastDigitsAndUndefinedNumbersDoNotDiffer() {
        Difference.Side nothing = new Difference.Side(Double.NaN, Double.NaN, Double.NaN, null);
        Difference.Side whole = new Difference.Side(0.1, Double.NaN, Double.NaN, null);
        Difference.Side packed = new Difference.Side((float) 0.1, Double.NaN, Double.NaN, null);
        assertThat(Difference.of(nothing, nothing, false, .95).differs()).isFalse();
        assertThat(Difference.of(whole, nothing, false, .95).differs()).isFalse();
        assertThat(Difference.of(whole, packed, false, .95).value()).isNotZero();
        assertThat(Difference.of(whole, packed, false, .95).differs()).isFalse();
        double[] draws = new SplittableRandom(4).doubles(1000, 0.9, 1.1).toArray();
        double[] rounded =
                IntStream.range(0, 1000).mapToDouble(i -> draws[i] + 1e-7).toArray();
        Difference paired = Difference.of(sampled(1, draws), sampled(1 + 1e-7, rounded), true, .95);
        assertThat(paired.low()).isPositive();
        assertThat(paired.differs()).isFalse();
    }
}
