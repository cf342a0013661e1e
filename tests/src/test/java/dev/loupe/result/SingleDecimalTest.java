package dev.loupe.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleDecimalTest {
    @Test
    void numbersAreShortDecimals() {
        assertThat(SingleDecimal.of(0.1f)).isEqualTo(0.1);
        assertThat(SingleDecimal.of(2 / 3.0)).isEqualTo(0.6666667);
        assertThat(SingleDecimal.of(Double.NaN)).isNaN();
    }
}
