package dev.loupe.analysis.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.circuits.CellEstimate.By;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.token.Loss;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums of difference times gradient, place by place. */
class CellEstimateTest {
    private static final HookPoint Z = HookPoint.of(Site.Z, 1);
    private static final HookPoint POST = HookPoint.of(Site.MLP_POST, 0);
    private static final HookPoint PATTERN = HookPoint.of(Site.PATTERN, 1);
    private static final HookPoint STREAM = HookPoint.of(Site.RESID_PRE, 1);
    private static final EditValue WRITTEN = new EditValue.FromRun(4);

    /** Is a place of an activation part of a cell? */
    private interface Part {
        boolean has(int row, int[] at);
    }

    private static RowValues read(By by, Long random, Cell... cells) {
        CellEstimate estimate = new CellEstimate(
                new Loss("everywhere", null),
                List.of(cells),
                List.of(Axis.counted("cell", 4)),
                List.of(3),
                by,
                1,
                random);
        try (NDManager manager = Backend.cpu()) {
            return estimate.read(new WrittenGradients(manager));
        }
    }

    private static Cell cell(int index, Edit... edits) {
        return new Cell(index, List.of(edits));
    }

    /** @param lengths of the axes after the row */
    private static double sum(HookPoint point, int row, boolean squared, Part part, int... lengths) {
        float[] difference = WrittenGradients.numbers(point, false);
        float[] gradient = WrittenGradients.numbers(point, true);
        int each = difference.length / 2;
        double sum = 0;
        for (int i = 0; i < each; i++) {
            int[] at = new int[lengths.length];
            int rest = i;
            for (int axis = lengths.length - 1; axis >= 0; axis--) {
                at[axis] = rest % lengths[axis];
                rest /= lengths[axis];
            }
            double d = difference[row * each + i];
            sum += part.has(row, at) ? squared ? d * d : d * gradient[row * each + i] : 0;
        }
        return sum;
    }

    @Test
    void aCellIsTheSumOfWhatItsEditsTouch() {
        Edit head = new Edit(Z, List.of(1), new Positions.Of("MID"), WRITTEN);
        Edit neurons = new Edit(POST, List.of(0, 3), new Positions.At(2), WRITTEN);
        Edit stream = new Edit(STREAM, List.of(), new Positions.AnyOf(List.of("MID", "late")), WRITTEN);
        Edit pattern = new Edit(PATTERN, List.of(1), new Positions.All(), new Positions.Of("MID"), WRITTEN);
        for (By by : By.values()) {
            RowValues found = read(by, null, cell(0, head), cell(2, neurons, stream), cell(1, pattern));
            boolean squared = by == By.CHANGE;
            for (int row = 0; row < 2; row++) {
                int mid = row == 0 ? 1 : 0;
                double ofHead = sum(Z, row, squared, (r, at) -> at[0] == mid && at[1] == 1, 3, 2, 3);
                double ofNeurons = sum(POST, row, squared, (r, at) -> at[0] == 2 && (at[1] == 0 || at[1] == 3), 3, 5);
                double ofStream = sum(STREAM, row, squared, (r, at) -> at[0] != 1 - mid, 3, 4);
                double ofPattern = sum(PATTERN, row, squared, (r, at) -> at[0] == 1 && at[2] == mid, 2, 3, 3);
                double[] wanted = {ofHead, ofPattern, ofNeurons + ofStream, 0};
                for (int c = 0; c < 4; c++) {
                    double one = squared ? Math.sqrt(wanted[c]) * (row + 1) : wanted[c];
                    assertThat(found.numerator()[4 * row + c])
                            .as("%s %d %d", by, row, c)
                            .isEqualTo(one, within(1e-5));
                    assertThat(found.denominator()[4 * row + c]).isEqualTo(row + 1);
                }
            }
        }
    }

    /** A whole head at every position and key; row 1's class has one position, of row 0 two. */
    @Test
    void withoutNamesEverythingIsTouched() {
        Edit whole = new Edit(Z, List.of(), new Positions.All(), WRITTEN);
        Edit late = new Edit(STREAM, List.of(), new Positions.Of("late"), WRITTEN);
        Edit pattern = new Edit(PATTERN, List.of(), new Positions.At(1), WRITTEN);
        RowValues found = read(By.GRADIENT, null, cell(0, whole), cell(1, late), cell(2, pattern));
        for (int row = 0; row < 2; row++) {
            assertThat(found.numerator()[4 * row])
                    .isEqualTo(sum(Z, row, false, (r, at) -> true, 3, 2, 3), within(1e-5));
            assertThat(found.numerator()[4 * row + 1])
                    .isEqualTo(
                            sum(STREAM, row, false, (r, at) -> at[0] == 2 || r == 0 && at[0] == 1, 3, 4), within(1e-5));
            assertThat(found.numerator()[4 * row + 2])
                    .isEqualTo(sum(PATTERN, row, false, (r, at) -> at[1] == 1, 2, 3, 3), within(1e-5));
        }
    }

    /** Random directions have the norm of the difference, so that its square is the same for each vector. */
    @Test
    void randomDirectionsHaveTheNormsAndNothingElse() {
        Cell head = cell(0, new Edit(Z, List.of(1), new Positions.At(0), WRITTEN));
        Cell all = cell(1, new Edit(Z, List.of(), new Positions.All(), WRITTEN));
        RowValues own = read(By.CHANGE, null, head, all);
        RowValues drawn = read(By.CHANGE, 5L, head, all);
        assertThat(drawn.numerator()).containsExactly(own.numerator(), within(1e-5));
        double[] first = read(By.GRADIENT, 5L, head, all).numerator();
        assertThat(first).isEqualTo(read(By.GRADIENT, 5L, head, all).numerator());
        assertThat(first[0]).isNotCloseTo(read(By.GRADIENT, 6L, head, all).numerator()[0], within(1e-3));
        assertThat(first[0]).isNotCloseTo(read(By.GRADIENT, null, head, all).numerator()[0], within(1e-3));
    }

    @Test
    void namesThatRowsLackAreRefused() {
        try (NDManager manager = Backend.cpu()) {
            for (Edit wrong : List.of(
                    new Edit(PATTERN, List.of(), new Positions.Of("NO"), WRITTEN),
                    new Edit(PATTERN, List.of(), new Positions.All(), new Positions.Of("NO"), WRITTEN))) {
                CellEstimate estimate = new CellEstimate(
                        new Loss("everywhere", null),
                        List.of(cell(0, wrong)),
                        List.of(),
                        List.of(),
                        By.GRADIENT,
                        1,
                        null);
                assertThatThrownBy(() -> estimate.check(new WrittenGradients(manager).rows()))
                        .hasMessageContaining("`NO`");
            }
        }
    }

    @Test
    void pointsAreThoseOfTheEditsOnceEach() {
        CellEstimate estimate = new CellEstimate(
                new Loss("everywhere", null),
                List.of(
                        cell(0, new Edit(Z, List.of(0), new Positions.All(), WRITTEN)),
                        cell(1, new Edit(Z, List.of(1), new Positions.All(), WRITTEN)),
                        cell(2, new Edit(STREAM, List.of(), new Positions.All(), WRITTEN))),
                List.of(Axis.counted("cell", 3)),
                List.of(),
                By.GRADIENT,
                2,
                null);
        assertThat(estimate.outputs(WrittenGradients.SHAPE)).containsExactly(Z, STREAM);
        assertThat(estimate.inputs(WrittenGradients.SHAPE)).containsExactly(Z, STREAM);
        assertThat(estimate.axes(WrittenGradients.SHAPE)).containsExactly(Axis.counted("cell", 3));
        assertThat(estimate.label()).startsWith("attribution patching of 3 cells in 2 steps");
    }
}
