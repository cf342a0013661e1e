package dev.loupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The least work of a sweep, against sums made by hand. */
class SweepFloorTest {
    private static final SweepFloor SMALL = new SweepFloor(SweepModel.GPT2_SMALL, 8, 16);

    private static SweepCase named(String name) {
        return SweepCase.ALL.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theHeadSweepTakesFourteenHundredGigaflop() {
        assertThat(SMALL.flops(named("heads"), 0) / 1e9).isCloseTo(1412, within(5.0));
    }

    @Test
    void aThirdOfThePositionsTakesAThirdOfIt() {
        double third = SMALL.flops(named("heads-third"), 11) / SMALL.flops(named("heads"), 0);
        assertThat(third).isCloseTo(5.0 / 16, within(0.01));
    }

    @Test
    void twoLayersByHand() {
        // Width 2, one head: one token costs 64 in the MLP, 16 for keys and values, 80 for the rest of a block.
        SweepFloor tiny = new SweepFloor(new SweepModel(2, 1, 2, 8, 10, 0), 1, 3);
        double own = 3 * 64;
        double last = 3 * 16 + 80 + 4 * 3 * 2;
        assertThat(tiny.flops(named("heads"), 0)).isEqualTo(own + last + 64);
        // An edit at one position: its own MLP, then what follows it; in the last block only the position that is read.
        double sum = 64;
        for (int run = 1; run <= 3; run++) {
            sum += 64 + run * 16 + 80 + 4 * 3 * 2;
        }
        assertThat(tiny.flops(named("heads-positions"), 0)).isEqualTo(sum);
    }

    @Test
    void measuredLayersStandForAll() {
        assertThat(named("heads-positions").layers(12)).isEqualTo(List.of(2, 8));
        assertThat(named("heads-positions").scale(12)).isEqualTo(6);
        assertThat(named("heads").layers(12)).hasSize(12);
    }
}
