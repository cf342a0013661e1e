package dev.loupe.plan.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.step.Together;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.Reduction;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverModelsTest {
    private static final List<Axis> SEEDS = List.of(Axis.counted("seed", 3));
    private static final List<Axis> HEADS = List.of(Axis.counted("head", 2));

    private static StepValue over(List<StepValue> values, Reduction take, String... over) {
        return Together.of(
                new OverModels(9, new FamilyResults(List.of(1, 2, 3), SEEDS, "", 0, true, false), List.of(over), take),
                values);
    }

    private static StepValue exact(double... heads) {
        return new StepValue.Numbers(new NamedArray(HEADS, heads));
    }

    private static double[] numbers(StepValue value) {
        return ((StepValue.Numbers) value).numbers().data();
    }

    @Test
    void eachReductionOfThreeModelsByHand() {
        List<StepValue> three = List.of(exact(1, 5), exact(2, Double.NaN), exact(6, 9));
        assertThat(numbers(over(three, Reduction.MEAN, "seed"))).containsExactly(3, 7);
        assertThat(numbers(over(three, Reduction.MEDIAN, "seed"))).containsExactly(2, 7);
        assertThat(numbers(over(three, Reduction.MAX, "seed"))).containsExactly(6, 9);
        assertThat(numbers(over(three, Reduction.MIN, "seed"))).containsExactly(1, 5);
        assertThat(numbers(over(three, Reduction.SD, "seed"))).containsExactly(Math.sqrt(7), Math.sqrt(8));
        assertThat(numbers(over(three, Reduction.MAX, "head"))).containsExactly(5, 2, 9);
        assertThat(numbers(over(three, Reduction.MAX, "head", "seed"))).containsExactly(9);
    }

    @Test
    void whereNothingIsDefinedNothingIsReduced() {
        List<StepValue> none = List.of(exact(Double.NaN, 1), exact(Double.NaN, 2), exact(Double.NaN, 3));
        assertThat(numbers(over(none, Reduction.MEAN, "seed"))).containsExactly(Double.NaN, 2);
        assertThat(numbers(
                        over(List.of(exact(1, 1), exact(Double.NaN, 2), exact(Double.NaN, 3)), Reduction.SD, "seed")))
                .containsExactly(Double.NaN, 1);
    }

    private static RowTable rows(double... values) {
        return new RowTable(List.of(), 2, values, new double[] {1, 1});
    }

    /** On a resample that draws one row twice the largest of 1, 2 and 0 is 2, or of 3, 0 and 4 it is 4. */
    @Test
    void everyResampleIsReducedByItself() {
        StepValue value = over(
                List.of(
                        new StepValue.Table(rows(1, 3)),
                        new StepValue.Table(rows(2, 0)),
                        new StepValue.Table(rows(0, 4))),
                Reduction.MAX,
                "seed");
        Sample sample = ((StepValue.Sampled) value).sample();
        assertThat(sample.rows()).isEqualTo(2);
        assertThat(sample.estimate().value()).isEqualTo(2);
        Resampling resampling = new Resampling(100, .9, 3);
        for (int b = 0; b < 100; b++) {
            double first = resampling.weights(2, b)[0];
            assertThat(sample.replicate(resampling, b).value()).isEqualTo(first == 2 ? 2 : first == 0 ? 4 : 2);
        }
    }

    @Test
    void itsAxesAreThoseThatAreLeft() {
        OverModels step = new OverModels(
                9, new FamilyResults(List.of(1, 2, 3), SEEDS, "", 0, false, false), List.of("head"), Reduction.MAX);
        assertThat(step.renamed(id -> id + 10).family().results()).containsExactly(11, 12, 13);
        assertThat(step.renamed(id -> id + 10).id()).isEqualTo(19);
        assertThat(step.inputs()).containsExactly(1, 2, 3);
        assertThat(step.samplesRows()).isFalse();
    }
}
