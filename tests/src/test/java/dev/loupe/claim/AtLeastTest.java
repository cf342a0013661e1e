package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AtLeastTest {
    @Test
    void aNumberAndPerhapsAnAxis() {
        assertThat(AtLeast.parse("2")).isEqualTo(new AtLeast(2, ""));
        assertThat(AtLeast.parse("12 of seed")).isEqualTo(new AtLeast(12, "seed"));
        assertThat(AtLeast.parse("2 of seed").toString()).isEqualTo("2 of seed");
        assertThat(AtLeast.parse("2").toString()).isEqualTo("2");
    }

    @Test
    void otherTextIsRefused() {
        for (String text : new String[] {"2 seeds", "of seed", "-1", "2.5", "99999999999", ""}) {
            assertThatThrownBy(() -> AtLeast.parse(text)).hasMessageContaining("write it as 2, or as 2 of seed");
        }
        assertThatThrownBy(() -> AtLeast.parse("0 of seed")).hasMessageContaining("at least 1");
    }
}
