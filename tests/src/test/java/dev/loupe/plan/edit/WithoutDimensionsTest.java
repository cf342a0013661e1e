package dev.loupe.plan.edit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.edit.Editing;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.Positions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WithoutDimensionsTest {
    /** One row of two positions and two heads of three dimensions: head 1 loses dimensions 0 and 2 at position 1. */
    @Test
    void namedEntriesOfTheLastAxisBecomeZeroWhereTheEditWrites() {
        HookPoint point = HookPoint.of(Site.Q, 0);
        TokenRows row =
                new TokenRows(new int[][] {{4, 5}}, new int[0][], Map.of(), Map.of("END", new int[] {1}), Map.of());
        Edit edit = new Edit(point, List.of(1), Positions.named(List.of("END")), new WithoutDimensions(List.of(0, 2)));
        try (NDManager manager = Backend.cpu()) {
            NDArray value = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, new Shape(1, 2, 2, 3));
            Editing editing = new Editing(
                    List.of(new Cell(0, List.of(edit))),
                    row,
                    (wanted, at) -> {
                        throw new IllegalStateException("nothing is asked for");
                    },
                    manager);
            assertThat(editing.visit(point, value).toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11, 0);
        }
    }

    @Test
    void itDependsOnItsOwnPositionAlone() {
        assertThat(new WithoutDimensions(List.of(1)).local()).isTrue();
        assertThat(new WithoutDimensions(List.of(1)).inputs()).isEmpty();
    }
}
