package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static Claim claim(@Nullable Double above, @Nullable Double below, @Nullable Integer atLeast) {
        Expression any = new Expression.Value("m", Map.of(), null);
        return new Claim(
                "it holds", any, above, below, Claim.By.AUTO, atLeast == null ? null : new AtLeast(atLeast, ""));
    }

    @Test
    void theLimitsLeaveRoomBetweenThem() {
        assertThat(claim(1.0, 2.0, 1).limits().above()).isEqualTo(1);
        assertThat(claim(1.0, 2.0, 1).limits().below()).isEqualTo(2);
        assertThat(claim(null, 2.0, null).limits().above()).isNull();
        assertThatThrownBy(() -> claim(1.0, 1.0, null)).hasMessage("`above` must be smaller than `below`");
        assertThatThrownBy(() -> claim(2.0, 1.0, null)).hasMessage("`above` must be smaller than `below`");
        assertThatThrownBy(() -> claim(null, null, null)).hasMessage("a claim needs `above`, `below` or both");
    }

    @Test
    void atLeastOneModelIsCounted() {
        assertThat(claim(1.0, null, 1).atLeast()).isEqualTo(new AtLeast(1, ""));
        assertThatThrownBy(() -> claim(1.0, null, 0)).hasMessage("`in-at-least` must be at least 1, not 0");
    }
}
