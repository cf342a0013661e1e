package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SetDistancesTest {
    /** Beside wasserstein_distance and energy_distance of scipy 1.16, and pairs counted by hand. */
    @Test
    void ofPairsInTheirOrder() {
        double nan = Double.NaN;
        double[] all = new SetDistances(new double[] {0, 1, 3, 5, 6, 8, 1, 0, nan}, 3).all();
        // Sets {0, 1, 3}, {5, 6, 8} and {0, 1}: pairs 0-1, 0-2, 1-2.
        assertThat(all[0]).isEqualTo(5, within(1e-12));
        assertThat(all[1]).isEqualTo(5 / 6.0, within(1e-12));
        assertThat(all[2]).isEqualTo(35 / 6.0, within(1e-12));
        assertThat(all[3]).isEqualTo(Math.sqrt(2 * (1 / 9.0 + 2 * 4 / 9.0 + 2 + 4 / 9.0 + 2 / 9.0)), within(1e-12));
        assertThat(all[6]).isEqualTo(1);
        // 0 and 1 against 0, 1, 3: half, win, win, loss, half, win of 6.
        assertThat(all[7]).isEqualTo(4 / 6.0, within(1e-12));
    }

    @Test
    void aSetIsAtNoDistanceFromItself() {
        double[] all = new SetDistances(new double[] {4, 4, -1, -1, 4, 4}, 2).all();
        assertThat(all).containsExactly(0, 0, .5);
    }
}
