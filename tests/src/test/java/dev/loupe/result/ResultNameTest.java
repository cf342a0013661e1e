package dev.loupe.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultNameTest {
    @Test
    void thePartIsAllBehindTheFirstDot() {
        assertThat(ResultName.of("scores")).isEqualTo(new ResultName("scores", ""));
        assertThat(ResultName.of("scores.IND")).isEqualTo(new ResultName("scores", "IND"));
        assertThat(ResultName.of("loss.colon.slice")).isEqualTo(new ResultName("loss", "colon.slice"));
    }
}
