package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Neurons that write what others of their layer write. */
class ShuffledNeuronsNullTest {
    private static final NullChoice CHOICE = new ShuffledNeuronsNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("PAIRING 7");
        assertThat(CHOICE.changesWeights()).isTrue();
    }

    @Test
    void suitsNoMeasurementOfAnotherKind() {
        assertThatThrownBy(() -> CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere")))
                .hasMessageContaining("`read-write`")
                .hasMessageContaining("use another one here");
    }
}
