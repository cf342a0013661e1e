package dev.loupe.plan.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.step.Together;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
    private static final List<Double> STEPS =
            IntStream.range(0, 12).mapToObj(i -> i == 0 ? 0.0 : Math.pow(2, i)).toList();
    private static final Axis CHECKPOINTS =
            new Axis("checkpoint", STEPS.stream().map(String::valueOf).toList());

    private static ChangePoints step(List<Axis> leading, int results, boolean sampled) {
        List<Integer> ids = IntStream.range(0, results).boxed().toList();
        return new ChangePoints(
                99,
                new FamilyResults(ids, leading, "", 0, sampled, false),
                "checkpoint",
                STEPS,
                List.of(CurvePart.T50, CurvePart.SHARPNESS));
    }

    /** Two seeds that change between steps 32 and 64 and between 128 and 256. */
    @Test
    void eachSeedHasItsOwnCurve() {
        List<StepValue> values = new ArrayList<>();
        for (int late : new int[] {32, 128}) {
            STEPS.forEach(step ->
                    values.add(new StepValue.Numbers(new NamedArray(List.of(), new double[] {step > late ? 1 : 0}))));
        }
        StepValue found = Together.of(step(List.of(Axis.counted("seed", 2), CHECKPOINTS), 24, false), values);
        NamedArray numbers = ((StepValue.Numbers) found).numbers();
        assertThat(NamedArray.describe(numbers.axes())).isEqualTo("[part 2, seed 2]");
        assertThat(numbers.axis("part").labels()).containsExactly("t50", "sharpness");
        assertThat(numbers.data()[0]).isEqualTo(32 * Math.sqrt(2), within(1e-9));
        assertThat(numbers.data()[1]).isEqualTo(128 * Math.sqrt(2), within(1e-9));
    }

    /** Rows that turn right at different steps: each resample of rows has another middle. */
    @Test
    void rowsAreResampledInAllCheckpointsTogether() {
        SplittableRandom random = new SplittableRandom(4);
        double[] turning = random.doubles(200, 4, 8).toArray();
        List<StepValue> values = new ArrayList<>();
        for (double step : STEPS) {
            double[] right = new double[200];
            double[] one = new double[200];
            for (int row = 0; row < 200; row++) {
                right[row] = step > Math.pow(2, turning[row]) ? 1 : 0;
                one[row] = 1;
            }
            values.add(new StepValue.Table(new RowTable(List.of(), 200, right, one)));
        }
        Sample sample = ((StepValue.Sampled) Together.of(step(List.of(CHECKPOINTS), 12, true), values)).sample();
        Sample middle = sample.at("part", 0);
        double estimate = middle.estimate().value();
        // Half of the rows have turned at 2^6.
        assertThat(Math.log(estimate) / Math.log(2)).isEqualTo(6, within(.3));
        Interval interval = middle.interval(new Resampling(200, .9, 1));
        assertThat(interval.low().value()).isLessThan(estimate);
        assertThat(interval.high().value()).isGreaterThan(estimate);
        assertThat(interval.high().value() / interval.low().value()).isLessThan(2);
    }
}
