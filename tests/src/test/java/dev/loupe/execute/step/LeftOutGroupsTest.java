package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.ask.Reduction;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.sample.Reduced;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeftOutGroupsTest {
    private static final List<String> OVER = List.of("neuron");

    /** @param rows pseudo-values [group, neuron] */
    private static RowTable table(double[]... rows) {
        double[] numbers = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        double[] ones = new double[numbers.length];
        Arrays.fill(ones, 1);
        return new RowTable(List.of(Axis.counted("neuron", rows[0].length)), rows.length, numbers, ones);
    }

    /** A mean of means: the pseudo-value of a group is the mean over its neurons. */
    @Test
    void ofAMeanThePseudoValuesAreThoseOfEachGroup() {
        RowTable reduced = LeftOutGroups.reduced(
                List.of(),
                List.of(table(new double[] {1, 5}, new double[] {2, 2}, new double[] {9, 5})),
                OVER,
                Reduction.MEAN);
        assertThat(reduced.perRow()).containsExactly(new double[] {3, 2, 7}, within(1e-12));
        assertThat(reduced.estimate().data()).containsExactly(new double[] {4}, within(1e-12));
    }

    /**
     * Three neurons with means 2, 4 and 9 over three groups: without the first group their means are 2.5, 3 and 9, without the
     * second 1.5, 4.5 and 9, without the third 2, 4.5 and 9. Medians 3, 4.5 and 4.5, and 4 of all.
     */
    @Test
    void ofAMedianEachGroupIsLeftOut() {
        RowTable reduced = LeftOutGroups.reduced(
                List.of(),
                List.of(table(new double[] {1, 6, 9}, new double[] {3, 3, 9}, new double[] {2, 3, 9})),
                OVER,
                Reduction.MEDIAN);
        // 4 + 2 (4 - 3), 4 + 2 (4 - 4.5) twice.
        assertThat(reduced.perRow()).containsExactly(new double[] {6, 3, 3}, within(1e-12));
        assertThat(reduced.estimate().data()).containsExactly(new double[] {4}, within(1e-12));
    }

    @Test
    void modelsLeaveOutTheSameGroup() {
        List<Axis> seeds = List.of(Axis.counted("seed", 2));
        RowTable one = table(new double[] {1}, new double[] {3});
        RowTable two = table(new double[] {5}, new double[] {11});
        RowTable both = LeftOutGroups.reduced(seeds, List.of(one, two), List.of("seed", "neuron"), Reduction.MEAN);
        assertThat(both.perRow()).containsExactly(new double[] {3, 7}, within(1e-12));
        RowTable apart = LeftOutGroups.reduced(seeds, List.of(one, two), OVER, Reduction.MEDIAN);
        assertThat(apart.axes()).isEqualTo(seeds);
        assertThat(apart.estimate().data()).containsExactly(new double[] {2, 8}, within(1e-12));
    }

    /**
     * 64 neurons that differ little, each a mean of 20 groups of skewed numbers (exponential). The interval must hold what
     * such a sample gives on average in 95 of 100 samples; medians of resampled neurons lie beside it.
     */
    @Test
    void theIntervalCovers() {
        int samples = 200;
        Random random = new Random(9);
        Resampling resampling = new Resampling(200, .95, 4);
        Interval[] intervals = new Interval[samples];
        Interval[] ofResampledNeurons = new Interval[samples];
        double mean = 0;
        int own = 0;
        for (int s = 0; s < samples; s++) {
            double[][] rows = new double[20][64];
            for (double[] row : rows) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = j / 640.0 - Math.log(1 - random.nextDouble());
                }
            }
            RowTable table = table(rows);
            RowTable reduced = LeftOutGroups.reduced(List.of(), List.of(table), OVER, Reduction.MEDIAN);
            double estimate = reduced.estimate().data()[0];
            mean += estimate / samples;
            intervals[s] = reduced.interval(resampling);
            ofResampledNeurons[s] = new Reduced(table, OVER, Reduction.MEDIAN).interval(resampling);
            own += holds(intervals[s], estimate) ? 1 : 0;
        }
        double average = mean;
        long covered = Arrays.stream(intervals).filter(i -> holds(i, average)).count();
        long before =
                Arrays.stream(ofResampledNeurons).filter(i -> holds(i, average)).count();
        assertThat(own).isEqualTo(samples);
        assertThat(covered).isGreaterThanOrEqualTo(samples * 92 / 100);
        assertThat(before).isLessThan(covered);
    }

    private static boolean holds(Interval interval, double value) {
        return interval.low().data()[0] <= value && value <= interval.high().data()[0];
    }
}
