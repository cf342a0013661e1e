package dev.loupe.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelCrossingTest {
    private static final double[] STEPS = {0, 1, 4, 16, 64};

    /** 0.5 lies a quarter of the way from 0.4 to 0.8; in log t a quarter of the way from 4 to 16 is 4 * 4^(1/4). */
    @Test
    void liesOnALineInTheLogarithmOfTheStep() {
        assertThat(LevelCrossing.first(STEPS, new double[] {0, 0, .4, .8, 1}, .5, 1))
                .isCloseTo(4 * Math.pow(4, .25), within(1e-12));
        assertThat(LevelCrossing.first(STEPS, new double[] {1, 1, .6, .2, 0}, .5, -1))
                .isCloseTo(4 * Math.pow(4, .25), within(1e-12));
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertThat(LevelCrossing.first(STEPS, new double[] {0, .5, 0, 1, 1}, .5, 1))
                .isEqualTo(1);
    }

    @Test
    void stepZeroHasNoPlaceAndANeverReachedLevelNoStep() {
        assertThat(LevelCrossing.first(STEPS, new double[] {9, 0, 0, 1, 1}, 1, 1))
                .isCloseTo(16, within(1e-12));
        assertThat(LevelCrossing.first(STEPS, new double[] {0, 0, 0, .2, .3}, .5, 1))
                .isNaN();
    }
}
