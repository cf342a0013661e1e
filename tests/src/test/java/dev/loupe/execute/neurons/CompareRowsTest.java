package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Four rows and two components, worked out by hand. */
class CompareRowsTest {
    private static final List<Axis> AXES = List.of(Axis.counted("layer", 1), Axis.counted("neuron", 2));
    private static final RowsRef ROWS = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(1, 4)));

    private static RowTable table(double... numbers) {
        return RowTable.ofNumbers(AXES, 4, numbers);
    }

    private static RowTable compared(boolean each, int[] kinds, RowTable first, RowTable second) {
        int[][] values = new int[4][1];
        for (int r = 0; r < 4; r++) {
            values[r][0] = kinds[r];
        }
        TokenRows rows = new TokenRows(
                new int[4][1],
                new int[0][],
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("word", Label.category(List.of("a", "b"), values)),
                new int[0]);
        CompareRows step = new CompareRows(2, 0, ROWS, 1, ROWS, each, "word", 5);
        return new RowLikeness(step, rows, first, second).table();
    }

    @Test
    void cosinesAreOfWhatIsLeftWithoutTheMeanOfEachDataset() {
        // Less their means (1, 1) and (5, 5) the rows are (1, 0), (-1, 0), (0, 1), (0, -1) and twice these, the last
        // two exchanged.
        RowTable first = table(2, 1, 0, 1, 1, 2, 1, 0);
        RowTable second = table(7, 5, 3, 5, 5, 3, 5, 7);
        RowTable told = compared(false, new int[] {0, 0, 1, 1}, first, second);
        assertThat(told.axes()).extracting(Axis::name).containsExactly("part", "layer");
        double[] same = new double[4];
        for (int r = 0; r < 4; r++) {
            same[r] = told.numerator()[2 * r];
            // A row of the other word is at a right angle.
            assertThat(told.numerator()[2 * r + 1]).isEqualTo(0, within(1e-12));
        }
        assertThat(same).containsExactly(1, 1, -1, -1);
    }

    @Test
    void correlationsAreThoseOfPearsonAndTheirRowsAverageToThem() {
        // x = 0 1 2 3: with y = 0 1 2 4 the sums of squares are 5, 8.75 and of products 6.5; with y = -x it is -1.
        RowTable first = table(0, 0, 1, 1, 2, 2, 3, 3);
        RowTable second = table(0, 0, 1, -1, 2, -2, 4, -3);
        NamedArray told = compared(true, new int[] {0, 0, 1, 1}, first, second).estimate();
        assertThat(told.at("part", 0).data()[0]).isEqualTo(6.5 / Math.sqrt(5 * 8.75), within(1e-12));
        assertThat(told.at("part", 0).data()[1]).isEqualTo(-1, within(1e-12));
    }

    @Test
    void aNeuronThatNeverChangesAndRowsOfOneWordHaveNoNumber() {
        RowTable first = table(0, 7, 1, 7, 2, 7, 3, 7);
        NamedArray told = compared(true, new int[] {0, 0, 0, 0}, first, first).estimate();
        assertThat(told.at("part", 0).data()).containsExactly(1, Double.NaN);
        assertThat(told.at("part", 1).data()).containsOnly(Double.NaN);
    }
}
