package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.RandomRuns;
import dev.loupe.result.RunResult;
import org.junit.jupiter.api.Test;

class PackedNumbersTest {
    /** 1/3 is 1.0101...b * 2^-2: of 16 digits 1.010101010101011b * 2^-2 = 43691 / 2^17. */
    @Test
    void endsOfIntervalsKeepSixteenBinaryDigits() {
        assertThat(PackedNumbers.end(1 / 3.0)).isEqualTo(43691 / 131072.0);
        assertThat(PackedNumbers.end(-1 / 3.0)).isEqualTo(-43691 / 131072.0);
        assertThat(PackedNumbers.end(0.75)).isEqualTo(0.75);
        assertThat(PackedNumbers.end(0)).isZero();
        assertThat(PackedNumbers.end(Double.NaN)).isNaN();
        assertThat(PackedNumbers.end(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void attentionIsKeptToTheNearestOfItsSteps() {
        assertThat(PackedNumbers.attention(0.1)).isEqualTo(6554 / 65536.0);
        assertThat(PackedNumbers.attention(1)).isEqualTo(1);
        assertThat(PackedNumbers.attention(1e-6)).isZero();
        assertThat(PackedNumbers.attention(Double.NaN)).isNaN();
    }

    @Test
    void twiceIsOnce() {
        for (long seed = 0; seed < 20; seed++) {
            RunResult once = PackedNumbers.of(new RandomRuns(seed).next());
            assertThat(PackedNumbers.of(once)).as("seed %s", seed).isEqualTo(once);
        }
    }
}
