package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.Combination;
import dev.loupe.plan.values.CellByCell;
import dev.loupe.plan.values.FamilyResults;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Results number by number: by hand, on tables of three rows and on exact numbers. */
class CellByCellTest {
    private static final Axis LAYER = Axis.counted("layer", 2);
    private static final Axis HEAD = new Axis("head", List.of("a", "b"));
    private static final Resampling RESAMPLING = new Resampling(100, .95, 3);

    /** [layer] by row: means 2 and 4. */
    private static final RowTable LEFT =
            new RowTable(List.of(LAYER), 3, new double[] {1, 3, 2, 4, 3, 5}, new double[] {1, 1, 1, 1, 1, 1});

    /** Means 4 and 0. */
    private static final RowTable RIGHT =
            new RowTable(List.of(LAYER), 3, new double[] {2, -1, 4, 0, 6, 1}, new double[] {1, 1, 1, 1, 1, 1});

    private static StepValue of(Combination take, double least, StepValue... values) {
        List<FamilyResults> read = new ArrayList<>();
        Map<Integer, StepValue> done = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            read.add(new FamilyResults(List.of(i), List.of(), "", 0, values[i] instanceof StepValue.Table, false));
            done.put(i, values[i]);
        }
        return Cellwise.of(new CellByCell(9, read, take, least), id -> Objects.requireNonNull(done.get(id)));
    }

    private static Sample sampled(StepValue value) {
        return ((StepValue.Sampled) value).sample();
    }

    @Test
    void eachCombinationIsItsArithmetic() {
        StepValue left = new StepValue.Table(LEFT);
        StepValue right = new StepValue.Table(RIGHT);
        assertThat(of(Combination.DIFFERENCE, 0, left, right).estimate().data()).containsExactly(-2, 4);
        assertThat(of(Combination.SUM, 0, left, right, left).estimate().data()).containsExactly(8, 8);
        assertThat(of(Combination.PRODUCT, 0, left, right, left).estimate().data())
                .containsExactly(16, 0);
        assertThat(of(Combination.RATIO, 1e-6, left, right).estimate().data()).containsExactly(.5, Double.NaN);
        assertThat(of(Combination.RATIO, 5, left, right).estimate().data()).containsExactly(Double.NaN, Double.NaN);
    }

    /** The second number of left is right's plus 4 in each row, so that their difference does not depend on the rows. */
    @Test
    void theSameRowsStayPaired() {
        Sample difference =
                sampled(of(Combination.DIFFERENCE, 0, new StepValue.Table(LEFT), new StepValue.Table(RIGHT)));
        Sample ratio = sampled(of(Combination.RATIO, 1e-6, new StepValue.Table(LEFT), new StepValue.Table(RIGHT)));
        for (int b = 0; b < 100; b++) {
            double[] weights = RESAMPLING.weights(3, b);
            double[] left = LEFT.weighted(weights).data();
            double[] right = RIGHT.weighted(weights).data();
            assertThat(difference.replicate(RESAMPLING, b).data())
                    .containsExactly(new double[] {left[0] - right[0], 4}, within(1e-12));
            // Twice as large in each row; and undefined on all rows is undefined in every resample.
            assertThat(ratio.replicate(RESAMPLING, b).data()).containsExactly(.5, Double.NaN);
        }
        assertThat(difference.rows()).isEqualTo(3);
        assertThat(difference.at("layer", 1).replicate(RESAMPLING, 5).value()).isEqualTo(4, within(1e-12));
    }

    @Test
    void axesAreMatchedByTheirNames() {
        NamedArray first = new NamedArray(List.of(LAYER, HEAD), new double[] {1, 2, 3, 4});
        NamedArray turned = new NamedArray(List.of(HEAD, LAYER), new double[] {10, 30, 20, 40});
        StepValue sum = of(Combination.SUM, 0, new StepValue.Numbers(first), new StepValue.Numbers(turned));
        assertThat(sum).isInstanceOf(StepValue.Numbers.class);
        assertThat(sum.estimate().axes()).containsExactly(LAYER, HEAD);
        assertThat(sum.estimate().data()).containsExactly(11, 22, 33, 44);
    }

    @Test
    void exactNumbersStandBesideRowsThatAreDrawnAgain() {
        StepValue exact = new StepValue.Numbers(new NamedArray(List.of(LAYER), new double[] {1, 2}));
        Sample sum = sampled(of(Combination.SUM, 0, exact, new StepValue.Table(LEFT)));
        double[] drawn = LEFT.weighted(RESAMPLING.weights(3, 8)).data();
        assertThat(sum.replicate(RESAMPLING, 8).data()).containsExactly(1 + drawn[0], 2 + drawn[1]);
        assertThat(sum.rows()).isEqualTo(3);
    }

    @Test
    void aPartOfAResultIsReadByItself() {
        NamedArray parted =
                new NamedArray(List.of(new Axis("score", List.of("x", "y")), LAYER), new double[] {1, 2, 30, 40});
        FamilyResults part = new FamilyResults(List.of(0), List.of(), "score", 1, false, false);
        FamilyResults whole = new FamilyResults(List.of(1), List.of(), "", 0, false, false);
        Map<Integer, StepValue> done = Map.of(
                0, new StepValue.Numbers(parted),
                1, new StepValue.Numbers(new NamedArray(List.of(LAYER), new double[] {10, 20})));
        StepValue ratio = Cellwise.of(
                new CellByCell(9, List.of(part, whole), Combination.RATIO, 0),
                id -> Objects.requireNonNull(done.get(id)));
        assertThat(ratio.estimate().data()).containsExactly(3, 2);
    }
}
