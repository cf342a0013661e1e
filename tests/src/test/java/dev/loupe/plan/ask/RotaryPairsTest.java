package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RotaryPairsTest {
    @Test
    void aPairIsTwoNeighboursOrLiesHalfTheTurnedDimensionsApart() {
        RotaryPairs neighbours = new RotaryPairs(List.of(1.0, .1, .01), true, 1);
        assertThat(neighbours.pairs()).isEqualTo(3);
        assertThat(List.of(neighbours.first(2), neighbours.second(2))).containsExactly(4, 5);
        RotaryPairs halves = new RotaryPairs(List.of(1.0, .1, .01), false, 1);
        assertThat(List.of(halves.first(2), halves.second(2))).containsExactly(2, 5);
        assertThat(neighbours.second(0)).isEqualTo(1);
        assertThat(halves.second(0)).isEqualTo(3);
    }
}
