package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowRangeTest {
    /** Five rows of three tokens two at a time, and two of seven at once. */
    @Test
    void rowsOfOneLengthRunTogether() {
        RowsRef rows = new RowsRef("r", "r", "r", List.of(new RowsRef.Bucket(3, 5), new RowsRef.Bucket(7, 2)));
        assertThat(RowRange.of(rows, 2))
                .containsExactly(
                        new RowRange(0, 0, 2), new RowRange(0, 2, 4), new RowRange(0, 4, 5), new RowRange(1, 0, 2));
        assertThat(RowRange.of(rows, 9)).containsExactly(new RowRange(0, 0, 5), new RowRange(1, 0, 2));
    }
}
