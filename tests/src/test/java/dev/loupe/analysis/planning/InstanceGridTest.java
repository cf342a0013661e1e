package dev.loupe.analysis.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two widths, three sparsities and two copies: instance 7 is the second copy of the first sparsity of the second width. */
class InstanceGridTest {
    private static final Axis HIDDEN = new Axis("hidden", List.of("8", "4"));
    private static final Axis SPARSITY = new Axis("sparsity", List.of("0", "0.5", "0.9"));
    private static final Axis COPY = new Axis("copy", List.of("0", "1"));
    private static final InstanceGrid GRID = new InstanceGrid(List.of(HIDDEN, SPARSITY, COPY));

    @Test
    void anInstanceHasItsPlaceOnEachAxis() {
        assertThat(GRID.instances()).isEqualTo(12);
        assertThat(GRID.copies()).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            assertThat(GRID.place(i, "hidden")).isEqualTo(i / 6);
            assertThat(GRID.place(i, "sparsity")).isEqualTo(i / 2 % 3);
            assertThat(GRID.place(i, "copy")).isEqualTo(i % 2);
            assertThat(GRID.place(i, "seed")).isZero();
            assertThat(GRID.sparsity(i)).isEqualTo(new double[] {0, .5, .9}[i / 2 % 3]);
        }
    }

    @Test
    void aLoneCopyIsNotShown() {
        assertThat(GRID.points()).containsExactly(HIDDEN, SPARSITY);
        assertThat(GRID.shown()).containsExactly(HIDDEN, SPARSITY, COPY);
        InstanceGrid lone = new InstanceGrid(List.of(HIDDEN, new Axis("copy", List.of("0"))));
        assertThat(lone.shown()).containsExactly(HIDDEN);
        assertThat(lone.sparsity(1)).isNull();
    }
}
