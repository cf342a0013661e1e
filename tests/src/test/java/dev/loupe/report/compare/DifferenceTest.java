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
        assertThat(wide).isEqualTo(new Difference(5, 1, 7, .95, Difference.Kind.WIDE));
        Difference.Side exact = new Difference.Side(20, Double.NaN, Double.NaN, null);
        assertThat(Difference.of(exact, later, true, .95))
                .isEqualTo(new Difference(-5, -7, -4, .95, Difference.Kind.WIDE));
    }

    @Test
    void exactNumbersDifferOrDoNot() {
        Difference.Side a = new Difference.Side(3, Double.NaN, Double.NaN, null);
        Difference.Side b = new Difference.Side(5, Double.NaN, Double.NaN, null);
        assertThat(Difference.of(a, b, false, .95).differs()).isTrue();
        assertThat(Difference.of(a, a, false, .95).differs()).isFalse();
        assertThat(Difference.of(a, b, false, .95).kind()).isEqualTo(Difference.Kind.EXACT);
    }
}
