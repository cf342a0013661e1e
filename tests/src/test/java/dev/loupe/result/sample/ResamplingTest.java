package dev.loupe.result.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static RowTable normal(int rows, long seed) {
        double[] values = new Random(seed).doubles(rows).map(u -> 6 * u).toArray();
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return new RowTable(List.of(), rows, values, ones);
    }

    @Test
    void isTheSameEveryTimeAndAnotherForAnotherSeed() {
        RowTable table = normal(50, 1);
        Interval once = new Resampling(500, .95, 7).interval(table);
        assertThat(new Resampling(500, .95, 7).interval(table)).isEqualTo(once);
        assertThat(new Resampling(500, .95, 8).interval(table).low()).isNotEqualTo(once.low());
        assertThat(Arrays.stream(new Resampling(500, .95, 7).weights(50, 3)).sum())
                .isEqualTo(50);
    }

    /** A mean of n uniform numbers on 0..6 has the standard error sqrt(3/n); the interval spans 2 x 1.96 of them. */
    @Test
    void isAsWideAsTheoryWants() {
        Interval interval = new Resampling(4000, .95, 7).interval(normal(400, 2));
        double width = interval.high().value() - interval.low().value();
        assertThat(width).isEqualTo(2 * 1.96 * Math.sqrt(3.0 / 400), within(0.04));
        assertThat(interval.low().value()).isLessThan(normal(400, 2).estimate().value());
    }

    /** A pooled mean weighs rows by their counts: (1 + 2 + 9) / (1 + 1 + 3), not the mean of 1, 2 and 3. */
    @Test
    void poolsCounts() {
        RowTable table = new RowTable(List.of(), 3, new double[] {1, 2, 9}, new double[] {1, 1, 3});
        assertThat(table.estimate().value()).isEqualTo(12.0 / 5);
        assertThat(table.weighted(new double[] {2, 0, 1}).value()).isEqualTo(11.0 / 5);
        assertThat(new RowTable(List.of(), 1, new double[] {0}, new double[] {0})
                        .estimate()
                        .value())
                .isNaN();
        assertThatThrownBy(() -> new RowTable(List.of(), 2, new double[] {1}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Bit for bit as one resample after another gives it, also where a row that some resamples leave out is not finite. */
    @Test
    void manyNumbersAtOnceAreEachAsIfAlone() {
        Random random = new Random(4);
        int rows = 37;
        double[] numerator = random.doubles(rows * 3L).toArray();
        double[] denominator = new double[rows * 3];
        for (int r = 0; r < rows; r++) {
            denominator[r * 3] = random.nextInt(4);
            denominator[r * 3 + 1] = denominator[r * 3];
            denominator[r * 3 + 2] = 1;
        }
        numerator[3 * 5 + 2] = Double.POSITIVE_INFINITY;
        RowTable table = new RowTable(List.of(Axis.counted("head", 3)), rows, numerator, denominator);
        Resampling resampling = new Resampling(101, .95, 7);
        Interval together = resampling.interval(table);
        Interval alone = resampling.interval(
                IntStream.range(0, 101)
                        .mapToObj(b -> table.weighted(resampling.drawn(rows, b)))
                        .toList(),
                rows);
        assertThat(resampling.draws(table).get(100)).isEqualTo(table.weighted(resampling.drawn(rows, 100)));
        assertThat(together.low().data()).containsExactly(alone.low().data());
        assertThat(together.high().data()).containsExactly(alone.high().data());
        assertThat(resampling.weights(rows, 3)).containsExactly(resampling.drawn(rows, 3));
    }

    @Test
    void takesOneIndexOfOneAxis() {
        List<Axis> axes = List.of(Axis.counted("layer", 2), Axis.counted("head", 3));
        double[] numbers = new double[12];
        for (int i = 0; i < 12; i++) {
            numbers[i] = i;
        }
        double[] ones = new double[12];
        Arrays.fill(ones, 1);
        RowTable table = new RowTable(axes, 2, numbers, ones);
        assertThat(table.at("layer", 1).numerator()).containsExactly(3, 4, 5, 9, 10, 11);
        assertThat(table.at("head", 2).numerator()).containsExactly(2, 5, 8, 11);
        assertThat(table.estimate().data()).containsExactly(3, 4, 5, 6, 7, 8);
    }

    @Test
    void quantilesInterpolateAndLeaveOutWhatIsUndefined() {
        double[] sample = {4, Double.NaN, 1, 3, 2};
        assertThat(Quantiles.of(sample, 0)).isEqualTo(1);
        assertThat(Quantiles.of(sample, .5)).isEqualTo(2.5);
        assertThat(Quantiles.of(sample, .9)).isEqualTo(3.7, within(1e-12));
        assertThat(Quantiles.of(sample, 1)).isEqualTo(4);
        assertThat(Quantiles.of(new double[] {Double.NaN}, .5)).isNaN();
        assertThat(Quantiles.of(new double[] {1, Double.POSITIVE_INFINITY}, 0)).isEqualTo(1);
    }
}
