package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Circuits of any edges. */
class RandomCircuitsNullTest {
    private static final NullChoice CHOICE = new RandomCircuitsNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("CIRCUIT 7");
        assertThat(CHOICE.changesWeights()).isFalse();
    }

    @Test
    void suitsNoMeasurementOfAnotherKind() {
        assertThatThrownBy(() -> CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere")))
                .hasMessageContaining("`prune-edges` with `show: faithfulness`")
                .hasMessageContaining("use another one here");
    }
}
