package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ThresholdScoresTest {
    private static final boolean T = true;
    private static final boolean F = false;

    /**
     * On the first scores a threshold of 2 makes no mistake. On the others it gives 2 true and 1 false positive, 1 false and 2
     * true negatives: MCC (4 - 1) / 9, F1 4 / 6. Precision rises to 1, 1/2, 2/3 and 3/5 or so: recall 1/3 at 9, 2/3 at 4, 1 at 1.
     */
    @Test
    void byHand() {
        ThresholdScores scores = ThresholdScores.of(
                new float[] {1, 2, 3, 0}, new boolean[] {F, T, T, F}, new float[] {9, 5, 4, 1, 1, 0}, new boolean[] {
                    T, F, T, T, F, F
                });
        assertThat(scores.mcc()).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(scores.f1()).isEqualTo(2 / 3.0, within(1e-12));
        // Tied scores are one threshold: precision 3/5 for the last third of recall.
        assertThat(scores.averagePrecision()).isEqualTo((1 + 2 / 3.0 + 3 / 5.0) / 3, within(1e-12));
    }

    /**
     * From 3 on, and from 1 on, the correlation is 2 / sqrt(12), from 2 on it is 0: the higher threshold is taken, and a score that
     * is as high as it reaches it.
     */
    @Test
    void ofEquallyGoodThresholdsTheHighestCounts() {
        ThresholdScores scores = ThresholdScores.of(
                new float[] {3, 2, 1, 0}, new boolean[] {T, F, T, F}, new float[] {3, 1}, new boolean[] {T, F});
        assertThat(scores.mcc()).isEqualTo(1);
        assertThat(scores.f1()).isEqualTo(1);
    }

    @Test
    void aThresholdAboveEveryTestScoreSaysNothing() {
        ThresholdScores scores =
                ThresholdScores.of(new float[] {10, 1}, new boolean[] {T, F}, new float[] {2, 1}, new boolean[] {T, F});
        assertThat(scores.mcc()).isZero();
        assertThat(scores.f1()).isZero();
        assertThat(scores.averagePrecision()).isEqualTo(1);
    }
}
