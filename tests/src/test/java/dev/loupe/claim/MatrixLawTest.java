package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shares of tables small enough to count. */
class MatrixLawTest {
    private static double diagonal(int rows, int columns, double... values) {
        return new MatrixLaw.Diagonal("t", Map.of()).value(table(rows, columns, values), -1);
    }

    private static double upper(int rows, int columns, double... values) {
        return new MatrixLaw.Triangle("t", Map.of()).value(table(rows, columns, values), -1);
    }

    private static Findings table(int rows, int columns, double... values) {
        return exact(List.of(Axis.counted("a", rows), Axis.counted("b", columns)), values);
    }

    private static Findings exact(List<Axis> axes, double... values) {
        Measured measured = new Measured(new NamedArray(axes, values), null, null);
        return new Findings(name -> measured, new Resampling(100, .95, 1));
    }

    /** Rows peak at columns 0, 2, 2: the first and the third on the diagonal. Columns peak at rows 0, 0, 1. */
    @Test
    void eachRowCountsWhereItsLargestNumberIsOnTheDiagonal() {
        assertThat(diagonal(3, 3, 9, 4, 1, 0, 3, 8, 2, 1, 5)).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(diagonal(2, 2, 0, 1, 1, 0)).isEqualTo(0);
        assertThat(diagonal(2, 2, -1, -2, -2, -1)).isEqualTo(1);
    }

    /** The largest number may stand in the last column, and of equal ones the first counts. */
    @Test
    void everyColumnIsComparedAndOfEqualOnesTheFirstCounts() {
        assertThat(diagonal(2, 3, 5, 1, 9, 1, 5, 2)).isEqualTo(1 / 2.0);
        assertThat(diagonal(2, 2, 3, 3, 3, 3)).isEqualTo(1 / 2.0);
        assertThat(diagonal(2, 2, 3, 3, 0, 1)).isEqualTo(1);
    }

    /**
     * Pairs of (row; above, below): (0; 1, 0) 5 > 2 yes, (0; 2, 0) 1 > 2 no, (1; 2, 0) 4 > 3 yes, (1; 2, 1) 4 > 4 no. The
     * third row has nothing above its diagonal.
     */
    @Test
    void pairsAcrossTheDiagonalAreCountedOverAllRows() {
        assertThat(upper(3, 3, 2, 5, 1, 3, 4, 4, 9, 9, 9)).isEqualTo(2 / 4.0);
        assertThat(upper(2, 2, 0, 1, 7, 7)).isEqualTo(1);
        assertThat(upper(2, 2, 1, 0, 0, 1)).isEqualTo(0);
    }

    /** Row 1 decides by its own numbers: (1; 2, 0) 4 > 5 no, (1; 2, 1) 4 > 0 yes, after 2 > 1 yes and 0 > 1 no. */
    @Test
    void everyRowIsReadAtItsOwnPlace() {
        assertThat(upper(3, 3, 1, 2, 0, 5, 0, 4, 0, 0, 0)).isEqualTo(2 / 4.0);
        // Row 0 peaks at 0, row 1 at 1: read elsewhere, 9 would win.
        assertThat(diagonal(3, 3, 9, 1, 2, 4, 5, 3, 1, 2, 7)).isEqualTo(1);
        assertThat(new MatrixLaw.Diagonal("t", Map.of()).references()).containsExactly("t");
    }

    /** Of a table that is not square the leading square counts: here its one pair, 1 > 0, not the row below. */
    @Test
    void onlyTheLeadingSquareIsRead() {
        assertThat(upper(3, 2, 0, 1, 5, 5, 5, 5)).isEqualTo(1);
        assertThat(upper(2, 3, 0, 1, -9, 5, 5, 5)).isEqualTo(1);
        assertThat(upper(1, 1, 3)).isNaN();
    }

    @Test
    void aTableIsNarrowedToTwoAxesAndLoneLeadingOnesFallAway() {
        Axis layer = Axis.counted("layer", 2);
        Findings two = exact(List.of(layer, Axis.counted("a", 2), Axis.counted("b", 2)), 1, 0, 0, 1, 0, 1, 1, 0);
        assertThat(new MatrixLaw.Diagonal("t", Map.of("layer", "0")).value(two, -1))
                .isEqualTo(1);
        assertThat(new MatrixLaw.Diagonal("t", Map.of("layer", "1")).value(two, -1))
                .isEqualTo(0);
        assertThat(new MatrixLaw.Triangle("t", Map.of("layer", "1")).value(two, -1))
                .isEqualTo(1);
        assertThatThrownBy(() -> new MatrixLaw.Diagonal("t", Map.of()).value(two, -1))
                .hasMessageContaining("`t` is not a table");
        Findings lone =
                exact(List.of(Axis.counted("layer", 1), Axis.counted("a", 2), Axis.counted("b", 2)), 1, 0, 0, 1);
        assertThat(new MatrixLaw.Diagonal("t", Map.of()).value(lone, -1)).isEqualTo(1);
        assertThat(new MatrixLaw.Triangle("t", Map.of()).references()).containsExactly("t");
    }
}
