package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.metric.reading.StepValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two neurons at two positions of row 4 and one of row 7. */
class ActivationsOfRowsTest {
    private static final StepValue.Activations ALL = new StepValue.Activations(
            new int[] {4, 7, 4}, new int[] {0, 2, 3}, List.of(0), 2, List.of(new float[] {1, 2, 3, 4, 5, 6}));

    @Test
    void anActivationIsFoundByRowPositionAndNeuron() {
        ActivationsOfRows rows = new ActivationsOfRows(ALL, Set.of(4));
        assertThat(rows.of(4, 0, 0)).isEqualTo(1);
        assertThat(rows.of(4, 0, 1)).isEqualTo(2);
        assertThat(rows.of(4, 3, 0)).isEqualTo(5);
        assertThat(rows.of(4, 3, 1)).isEqualTo(6);
    }

    @Test
    void whatWasNotReadIsNotZero() {
        ActivationsOfRows rows = new ActivationsOfRows(ALL, Set.of(4));
        assertThatThrownBy(() -> rows.of(4, 1, 0)).hasMessageContaining("position 1 of row 4");
        assertThatThrownBy(() -> rows.of(7, 2, 0)).hasMessageContaining("row 7");
    }
}
