package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankOrderTest {
    @Test
    void equalNumbersShareTheirMeanRank() {
        assertThat(RankOrder.of(new double[] {5, 1, 5, -2, 5, 1})).containsExactly(5, 2.5, 5, 1, 5, 2.5);
        assertThat(RankOrder.of(new double[] {0.0, -0.0, 1})).containsExactly(1.5, 1.5, 3);
        assertThat(RankOrder.of(new double[] {})).isEmpty();
    }

    @Test
    void aPercentileIsTheShareBelowAndHalfOfItself() {
        assertThat(RankOrder.percentiles(new double[] {30, 10, 20, 20}))
                .containsExactly(new double[] {.875, .125, .5, .5}, within(1e-12));
    }

    /** Ranks 1 2 3 4 beside 2 1 4 3: 1 - 6 * 4 / (4 * 15). With a tie 1 2 3 4 beside 1 2.5 2.5 4: 4.5 / sqrt(5 * 4.5). */
    @Test
    void spearmansRho() {
        double[] rising = {1, 2, 30, 31};
        assertThat(RankOrder.correlation(rising, new double[] {20, 10, 40, 30})).isEqualTo(.6, within(1e-12));
        assertThat(RankOrder.correlation(rising, new double[] {1, 2, 2, 9}))
                .isEqualTo(4.5 / Math.sqrt(22.5), within(1e-12));
        assertThat(RankOrder.correlation(rising, new double[] {9, 8, 2, 1})).isEqualTo(-1, within(1e-12));
        assertThat(RankOrder.correlation(rising, new double[] {7, 7, 7, 7})).isNaN();
        assertThat(RankOrder.correlation(new double[] {7, 7, 7, 7}, rising)).isNaN();
    }
}
