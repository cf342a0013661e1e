package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossBarrierTest {
    private static double of(double... values) {
        double[] at = new double[values.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i / (at.length - 1.0);
        }
        return LossBarrier.height(at, values);
    }

    /** Between 1 and 3 the line is at 1.5, 2 and 2.5: the curve 1, 2, 5, 2, 3 is 3 above it in the middle. */
    @Test
    void theHeightIsAboveTheLineBetweenTheEnds() {
        assertThat(of(1, 2, 5, 2, 3)).isEqualTo(3, within(1e-12));
        assertThat(of(1, 2.4, 2, 2, 3)).isEqualTo(.9, within(1e-12));
    }

    @Test
    void aCurveThatSagsHasNoBarrier() {
        assertThat(of(2, 1, 0, 1, 2)).isEqualTo(0);
        assertThat(of(1, 1.5, 2)).isEqualTo(0, within(1e-12));
    }

    @Test
    void anUndefinedLossHasNoBarrierEither() {
        assertThat(of(1, Double.NaN, 1)).isNaN();
    }
}
