package dev.loupe.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondsTest {
    @Test
    void durationsAreReadable() {
        assertThat(Seconds.of(4.2)).isEqualTo("4 s");
        assertThat(Seconds.of(125)).isEqualTo("2 min 05 s");
        assertThat(Seconds.of(11_230)).isEqualTo("3 h 07 min");
    }
}
