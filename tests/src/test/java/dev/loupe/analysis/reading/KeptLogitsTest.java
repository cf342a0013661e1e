package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.StepValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptLogitsTest {
    private static List<StepValue.Logits.Row> read(KeptLogits reading) {
        return WrittenLogits.with(batch -> reading.part(batch, new int[] {0, 1}));
    }

    /** Class {@code text} has positions 0 and 1 of both rows: the first of each counts. */
    @Test
    void theFirstPositionOfEachRowIsKept() {
        List<StepValue.Logits.Row> found = read(new KeptLogits("text", 5));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).text()).containsExactly("0", "1", "2");
        assertThat(found.get(0).answers()).containsExactly(0, 2, 4);
        assertThat(found.get(1).wrong()).containsExactly(2, 0);
        for (int row = 0; row < 2; row++) {
            assertThat(found.get(row).pos()).isZero();
            for (int id = 0; id < 5; id++) {
                assertThat((double) found.get(row).logits()[id])
                        .isEqualTo(Math.log(WrittenLogits.P[row][0][id]) + 5, within(1e-5));
            }
        }
    }

    @Test
    void onlyTheFirstRowsAreKept() {
        KeptLogits one = new KeptLogits("END", 1);
        List<StepValue.Logits.Row> first = read(one);
        assertThat(first).hasSize(1);
        assertThat(first.get(0).pos()).isEqualTo(2);
        assertThat(one.enough(first)).isTrue();
        assertThat(one.enough(List.of())).isFalse();
        assertThat(one.merge(first, first)).hasSize(1);
        KeptLogits three = new KeptLogits("END", 3);
        List<StepValue.Logits.Row> both = read(three);
        assertThat(three.enough(both)).isFalse();
        assertThat(three.merge(both, first)).hasSize(3).endsWith(first.get(0));
        assertThat(((StepValue.Logits) three.finish(both)).rows()).isEqualTo(both);
    }

    @Test
    void anUnknownPlaceIsRefused() {
        assertThatThrownBy(() -> new KeptLogits("NOWHERE", 1).check(WrittenLogits.rows()))
                .hasMessageContaining("NOWHERE");
    }
}
