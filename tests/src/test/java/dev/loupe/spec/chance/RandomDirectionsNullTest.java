package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Random directions in place of differences of activations. */
class RandomDirectionsNullTest {
    private static final NullChoice CHOICE = new RandomDirectionsNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("DIRECTIONS 7");
        assertThat(CHOICE.changesWeights()).isFalse();
    }

    @Test
    void suitsNoMeasurementOfAnotherKind() {
        assertThatThrownBy(() -> CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere")))
                .hasMessageContaining("gradient-based attribution")
                .hasMessageContaining("use another one here");
    }
}
