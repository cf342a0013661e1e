package dev.loupe.plan.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.step.Recovery;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final RowTable ZERO = new RowTable(List.of(), 2, new double[] {3, 10}, new double[] {1, 2});

    private static RowTable heads(double... denominator) {
        return new RowTable(List.of(Axis.counted("head", 2)), 2, new double[] {5, 3, 4, 16}, denominator);
    }

    /** Row 0: 5 - 3 and 3 - 3; row 1, of two positions each: 4 - 10 and 16 - 10, whose means are -3 and 3. */
    @Test
    void eachCellLessTheRunWithoutTheEdit() {
        RowTable change = Recovery.change(heads(1, 1, 2, 2), ZERO, Set.of());
        assertThat(change.numerator()).containsExactly(2, 0, -6, 6);
        assertThat(change.denominator()).containsExactly(1, 1, 2, 2);
        assertThat(change.axes()).containsExactly(Axis.counted("head", 2));
    }

    @Test
    void aCellThatTheModelLacksChangesNothing() {
        assertThat(Recovery.change(heads(1, 1, 2, 2), ZERO, Set.of(1)).numerator())
                .containsExactly(2, 0, -6, 0);
    }

    @Test
    void onlyEqualPositionsAreCompared() {
        assertThatThrownBy(() -> Recovery.change(heads(1, 1, 2, 1), ZERO, Set.of()))
                .hasMessageContaining("equal positions of both runs");
    }

    @Test
    void itNeedsBothReadings() {
        Change step = new Change(7, 3, 5);
        assertThat(step.inputs()).containsExactly(3, 5);
        assertThat(step.renamed(id -> id + 10)).isEqualTo(new Change(17, 13, 15));
    }
}
