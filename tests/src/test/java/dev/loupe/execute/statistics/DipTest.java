package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Beside values of the diptest package 0.12. */
class DipTest {
    private static double[] numbers(int n, long modulus) {
        return LongStream.rangeClosed(1, n)
                .mapToDouble(i -> (i * i * 7919 + i * 104729) % modulus)
                .sorted()
                .toArray();
    }

    @Test
    void agreesWithTheReferenceWithAndWithoutTies() {
        assertThat(Dip.of(numbers(20, 1000))).isEqualTo(0.09268060836501901, within(1e-12));
        assertThat(Dip.of(numbers(50, 37))).isEqualTo(0.078125, within(1e-12));
        assertThat(Dip.of(numbers(200, 100000))).isEqualTo(0.02769980601357905, within(1e-12));
        assertThat(Dip.of(numbers(63, 40))).isEqualTo(0.07619047619047618, within(1e-12));
        double[] two = DoubleStream.concat(
                        IntStream.range(0, 20).asDoubleStream(),
                        IntStream.range(0, 20).mapToDouble(i -> 100 + Math.pow(i, 1.5)))
                .toArray();
        assertThat(Dip.of(two)).isEqualTo(0.12361197492373874, within(1e-12));
    }

    /** Densest in the middle: one mode, so that the smallest dip of 31 values is left, 1 / 62. Two points: a quarter. */
    @Test
    void byHand() {
        assertThat(Dip.of(IntStream.rangeClosed(-15, 15)
                        .mapToDouble(i -> i * i * i)
                        .toArray()))
                .isEqualTo(1 / 62.0, within(1e-12));
        assertThat(Dip.of(new double[] {0, 0, 0, 0, 1, 1, 1, 1})).isEqualTo(.25, within(1e-12));
        assertThat(Dip.of(new double[] {4, 4, 4})).isEqualTo(1 / 6.0, within(1e-12));
    }
}
