package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue.Extremes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowExtremesTest {
    private static Extremes read(String at, int minPosition) {
        RowExtremes reading = new RowExtremes(Site.MLP_POST, List.of(1, 0), at, minPosition);
        return WrittenNeurons.with(batch -> reading.part(batch, new int[] {8, 3}))
                .get(0);
    }

    /** From position 1 on: 2, 2 and 7, 7 in row 0, -3, -3 and 4, 1 in row 1; the first position counts, layer 1 has ten more. */
    @Test
    void theFirstOfTheLargestAndOfTheSmallest() {
        Extremes found = read("everywhere", 1);
        assertThat(found.row()).containsExactly(8, 3);
        assertThat(found.width()).isEqualTo(2);
        assertThat(found.high().get(1)).containsExactly(2, 7, -3, 4);
        assertThat(found.high().get(0)).containsExactly(12, 17, 7, 14);
        assertThat(found.highAt().get(1)).containsExactly(1, 1, 1, 1);
        assertThat(found.low().get(1)).containsExactly(2, 7, -3, 1);
        assertThat(found.lowAt().get(0)).containsExactly(1, 1, 1, 2);
        assertThat(read("everywhere", 0).high().get(1)).containsExactly(5, 7, 0, 4);
        assertThat(read("everywhere", 0).lowAt().get(1)).containsExactly(1, 0, 1, 0);
    }

    @Test
    void onlyPositionsOfTheClassCount() {
        Extremes late = read("late", 0);
        assertThat(late.high().get(1)).containsExactly(2, 7, -3, 1);
        assertThat(late.highAt().get(1)).containsExactly(1, 1, 2, 2);
        Extremes never = read("never", 0);
        assertThat(never.highAt().get(0)).containsOnly(-1);
        assertThat(never.lowAt().get(0)).containsOnly(-1);
        assertThat(never.high().get(0)).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(never.low().get(0)).containsOnly(Float.POSITIVE_INFINITY);
    }

    @Test
    void partsStandOneAfterTheOther() {
        RowExtremes reading = new RowExtremes(Site.MLP_POST, List.of(1, 0), "everywhere", 1);
        Extremes one = read("everywhere", 1);
        Extremes other = read("late", 0);
        Extremes whole = (Extremes) reading.finish(reading.merge(List.of(one), List.of(other)));
        assertThat(whole.row()).containsExactly(8, 3, 8, 3);
        assertThat(whole.high().get(1)).containsExactly(2, 7, -3, 4, 2, 7, -3, 1);
        assertThat(whole.highAt().get(0)).containsExactly(1, 1, 1, 1, 1, 1, 2, 2);
        assertThat(whole.low().get(0)).containsExactly(12, 17, 7, 11, 12, 17, 7, 11);
        assertThat(whole.lowAt().get(1)).containsExactly(1, 1, 1, 2, 1, 1, 2, 2);
        // Two values and two positions of four bytes each.
        assertThat(reading.bytes(3, 5)).isEqualTo(16 * 3 * 5 * 2);
        assertThat(reading.captures(WrittenNeurons.MODEL.shape()))
                .containsExactlyInAnyOrderElementsOf(WrittenNeurons.post());
    }
}
