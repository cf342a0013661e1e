package dev.loupe.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameLabelsTest {
    private static NamedArray of(Axis... axes) {
        return new NamedArray(List.of(axes), new double[NamedArray.sizeOf(List.of(axes))]);
    }

    private static Axis axis(String name, String... labels) {
        return new Axis(name, List.of(labels));
    }

    @Test
    void labelsDecideWhateverTheOrderOfTheAxes() {
        SameLabels labels = new SameLabels(
                of(axis("layer", "0", "1"), axis("head", "0", "1", "2")),
                of(axis("head", "2", "0"), axis("layer", "0", "1")));
        assertThat(labels.place(new int[] {1, 2})).isEqualTo(1);
        assertThat(labels.place(new int[] {1, 0})).isEqualTo(3);
        assertThat(labels.place(new int[] {0, 1})).isEqualTo(-1);
        assertThat(labels.unlike()).isEmpty();
    }

    /** A run of seed 0 and a run of seed 1 are compared, and so are a run of one seed and one of a model that has none. */
    @Test
    void resultsOfOneModelEachAreComparedWhateverItIsCalled() {
        SameLabels seeds = new SameLabels(
                of(axis("seed", "0"), axis("layer", "0", "1")), of(axis("seed", "1"), axis("layer", "1", "0")));
        assertThat(seeds.place(new int[] {0, 1})).isEqualTo(0);
        assertThat(seeds.unlike()).containsExactly("seed 1, the first seed 0");
        SameLabels none = new SameLabels(of(axis("layer", "0", "1")), of(axis("seed", "1"), axis("layer", "0", "1")));
        assertThat(none.place(new int[] {1})).isEqualTo(1);
        assertThat(none.unlike()).containsExactly("seed 1");
        SameLabels back = new SameLabels(of(axis("model", "a"), axis("layer", "0", "1")), of(axis("layer", "0", "1")));
        assertThat(back.place(new int[] {0, 1})).isEqualTo(1);
    }

    /** Of several models each belongs to the one of its own name, and a layer is never taken for another. */
    @Test
    void severalModelsAndOtherAxesKeepTheirNames() {
        SameLabels several = new SameLabels(of(axis("seed", "0")), of(axis("seed", "1", "2")));
        assertThat(several.place(new int[] {0})).isEqualTo(-1);
        assertThat(new SameLabels(of(axis("seed", "0", "1")), of()).place(new int[] {0}))
                .isEqualTo(-1);
        SameLabels oneOfTwo = new SameLabels(of(axis("seed", "0", "1")), of(axis("seed", "1")));
        assertThat(oneOfTwo.place(new int[] {1})).isEqualTo(0);
        assertThat(oneOfTwo.place(new int[] {0})).isEqualTo(-1);
        assertThat(new SameLabels(of(axis("layer", "3")), of(axis("layer", "4"))).place(new int[] {0}))
                .isEqualTo(-1);
        assertThat(new SameLabels(of(axis("layer", "3")), of()).place(new int[] {0}))
                .isEqualTo(-1);
    }
}
