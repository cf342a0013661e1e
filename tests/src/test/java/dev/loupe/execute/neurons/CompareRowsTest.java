package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.RandomOrder;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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

    private static final int MANY = 7;

    private static RowTable many(boolean each, RowTable first, RowTable second) {
        TokenRows rows = new TokenRows(new int[MANY][1], new int[0][], Map.of(), Map.of(), Map.of());
        CompareRows step = new CompareRows(2, 0, ROWS, 1, ROWS, each, "", 5);
        return new RowLikeness(step, rows, first, second).table();
    }

    /** Two layers of two components, sums of one to three positions; a row without a position is 0 over 0. */
    private static RowTable drawn(long seed, int without) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] numerator = random.doubles(4 * MANY, -5, 5).toArray();
        double[] denominator = new double[numerator.length];
        for (int i = 0; i < numerator.length; i++) {
            denominator[i] = i / 4 == without ? 0 : 1 + i % 3;
            numerator[i] = i / 4 == without ? 0 : numerator[i];
        }
        return new RowTable(List.of(Axis.counted("layer", 2), Axis.counted("neuron", 2)), MANY, numerator, denominator);
    }

    private static double value(RowTable table, int row, int i) {
        return table.numerator()[4 * row + i] / table.denominator()[4 * row + i];
    }

    private static int[] partners() {
        int[] order = RandomOrder.of(MANY, new SplittableRandom(5));
        int[] partner = new int[MANY];
        for (int i = 0; i < MANY; i++) {
            partner[order[i]] = order[(i + 1) % MANY];
        }
        return partner;
    }

    @Test
    void cosinesOfEachLayerByThemselves() {
        RowTable first = drawn(1, 3);
        RowTable second = drawn(2, -1);
        RowTable told = many(false, first, second);
        int[] partner = partners();
        for (int part = 0; part < 2; part++) {
            for (int r = 0; r < MANY; r++) {
                int with = part == 0 ? r : partner[r];
                for (int layer = 0; layer < 2; layer++) {
                    double product = 0;
                    double left = 0;
                    double right = 0;
                    for (int i = 2 * layer; i < 2 * layer + 2; i++) {
                        double a = value(first, r, i) - mean(first, i);
                        double b = value(second, with, i) - mean(second, i);
                        product += a * b;
                        left += a * a;
                        right += b * b;
                    }
                    int at = 4 * r + 2 * part + layer;
                    if (r == 3) {
                        assertThat(told.denominator()[at]).isZero();
                    } else {
                        assertThat(told.numerator()[at]).isEqualTo(product / Math.sqrt(left * right), within(1e-12));
                    }
                }
            }
        }
    }

    private static double mean(RowTable table, int i) {
        return IntStream.range(0, MANY)
                .mapToDouble(r -> value(table, r, i))
                .filter(x -> !Double.isNaN(x))
                .average()
                .orElseThrow();
    }

    /** Over the rows that both have: the correlation as a whole, and n times it less n - 1 times that without the row. */
    @Test
    void eachRowTellsItsPartInACorrelation() {
        RowTable first = drawn(1, 3);
        RowTable second = drawn(2, -1);
        RowTable told = many(true, first, second);
        int[] partner = partners();
        for (int part = 0; part < 2; part++) {
            int which = part;
            for (int i = 0; i < 4; i++) {
                int at = i;
                int[] rows = IntStream.range(0, MANY).filter(r -> r != 3).toArray();
                ToDoubleFunction<int[]> pearson = kept -> pearson(
                        kept,
                        first,
                        second,
                        which == 0 ? IntStream.range(0, MANY).toArray() : partner,
                        at);
                double whole = pearson.applyAsDouble(rows);
                double[] pseudo = Arrays.stream(rows)
                        .mapToDouble(out -> 6 * whole
                                - 5
                                        * pearson.applyAsDouble(Arrays.stream(rows)
                                                .filter(r -> r != out)
                                                .toArray()))
                        .toArray();
                double mean = Arrays.stream(pseudo).average().orElseThrow();
                for (int k = 0; k < rows.length; k++) {
                    assertThat(told.numerator()[8 * rows[k] + 4 * part + i])
                            .isEqualTo(pseudo[k] + whole - mean, within(1e-9));
                }
                assertThat(told.denominator()[8 * 3 + 4 * part + i]).isZero();
                assertThat(told.estimate().data()[4 * part + i]).isEqualTo(whole, within(1e-9));
            }
        }
    }

    private static double pearson(int[] rows, RowTable first, RowTable second, int[] with, int i) {
        double[] x = Arrays.stream(rows).mapToDouble(r -> value(first, r, i)).toArray();
        double[] y =
                Arrays.stream(rows).mapToDouble(r -> value(second, with[r], i)).toArray();
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int k = 0; k < x.length; k++) {
            xy += (x[k] - meanX) * (y[k] - meanY);
            xx += (x[k] - meanX) * (x[k] - meanX);
            yy += (y[k] - meanY) * (y[k] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** Two rows always lie on a line. */
    @Test
    void twoRowsHaveNoCorrelation() {
        double[] denominator = {1, 1, 1, 1, 0, 0, 0, 0};
        RowTable two = new RowTable(AXES, 4, new double[] {1, 2, 4, 3, 0, 0, 0, 0}, denominator);
        NamedArray told = compared(true, new int[] {0, 0, 1, 1}, two, table(3, 3, 5, 9, 7, 7, 9, 8))
                .estimate();
        assertThat(told.at("part", 0).data()).containsOnly(Double.NaN);
        double[] three = {1, 1, 1, 1, 1, 1, 0, 0};
        RowTable more = new RowTable(AXES, 4, new double[] {1, 2, 4, 3, 5, 1, 0, 0}, three);
        assertThat(compared(true, new int[] {0, 0, 1, 1}, more, table(3, 3, 5, 9, 7, 7, 9, 8))
                        .estimate()
                        .at("part", 0)
                        .data())
                .doesNotContain(Double.NaN);
    }
}
