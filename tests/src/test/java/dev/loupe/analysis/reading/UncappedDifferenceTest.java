package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.metric.reading.LogitsAtPositions;
import org.junit.jupiter.api.Test;

/** Two asked positions with four logits, of one right id and two, two wrong ones and one. */
class UncappedDifferenceTest {
    private static final int[][] RIGHT = {{2}, {0, 3}};
    private static final int[][] WRONG = {{0, 1}, {2}};
    private static final float[] LOGITS = {1, -2, 3, .5f, 2.5f, 0, -1, 1.5f};

    private static UncappedDifference of(float[] logits, double cap) {
        try (NDManager manager = Backend.cpu()) {
            LogitsAtPositions asked = new LogitsAtPositions(
                    manager.create(logits, new Shape(2, 4)), null, null, new int[] {0, 1}, new int[2], RIGHT);
            return UncappedDifference.of(asked, RIGHT, WRONG, cap);
        }
    }

    @Test
    void withoutACapItIsTheDifferenceOfMeans() {
        UncappedDifference found = of(LOGITS, -1);
        assertThat(found.difference()).containsExactly(new double[] {3.5, 3}, within(1e-6));
        assertThat(found.rounding()).containsExactly(0, 0);
    }

    /** Before a cap of 4 a logit x was 2 log((4 + x) / (4 - x)), and is known to 16 units over 1 - (x / 4)^2. */
    @Test
    void aCapIsUndoneForEachLogit() {
        UncappedDifference found = of(LOGITS, 4);
        assertThat(found.difference()[0]).isEqualTo(raw(3) - (raw(1) + raw(-2)) / 2, within(1e-6));
        assertThat(found.difference()[1]).isEqualTo((raw(2.5) + raw(1.5)) / 2 - raw(-1), within(1e-6));
        assertThat(found.rounding()[0]).isEqualTo(unit(3) + (unit(1) + unit(-2)) / 2, within(1e-12));
        assertThat(found.rounding()[1]).isEqualTo((unit(2.5f) + unit(1.5f)) / 2 + unit(-1), within(1e-12));
    }

    private static double raw(double x) {
        return 2 * Math.log((4 + x) / (4 - x));
    }

    private static double unit(float x) {
        return 16 * Math.ulp(x) / (1 - x * x / 16.0);
    }

    @Test
    void ofALogitThatReachedTheCapNothingIsKnown() {
        float[] reached = LOGITS.clone();
        reached[2] = 4;
        UncappedDifference found = of(reached, 4);
        assertThat(found.rounding()[0]).isInfinite();
        assertThat(found.rounding()[1]).isFinite();
    }
}
