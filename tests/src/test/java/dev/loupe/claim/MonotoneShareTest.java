package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonotoneShareTest {
    private static double share(double... values) {
        Measured curve = GivenFindings.exact(List.of(Axis.counted("k", values.length)), values);
        return new MonotoneShare("m", "k", Map.of()).value(GivenFindings.of("m", curve), -1);
    }

    @Test
    void stepsUpAreCounted() {
        assertThat(share(1, 2, 3)).isEqualTo(1);
        assertThat(share(3, 2, 1)).isZero();
        assertThat(share(1, 2, 2, 5, 4)).isEqualTo(.5);
    }

    @Test
    void whatIsNotKnownHasNoShare() {
        assertThat(share(1, Double.NaN, 3)).isNaN();
        assertThat(share(1)).isNaN();
    }

    @Test
    void itLooksAlongItsAxis() {
        MonotoneShare share = new MonotoneShare("m", "k", Map.of("head", "0"));
        assertThat(share.axes()).containsExactlyInAnyOrder("k", "head");
        assertThat(share.references()).containsExactly("m");
        Measured table = GivenFindings.exact(List.of(Axis.counted("head", 2), Axis.counted("k", 2)), 1, 2, 4, 3);
        assertThat(share.value(GivenFindings.of("m", table), -1)).isEqualTo(1);
        assertThatThrownBy(() -> new MonotoneShare("m", "k", Map.of()).value(GivenFindings.of("m", table), -1))
                .hasMessageContaining("narrow it with `where`");
    }
}
