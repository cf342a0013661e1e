package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Words of crossed prompts that do not belong together. */
class ShuffledPairsNullTest {
    private static final NullChoice CHOICE = new ShuffledPairsNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("pairs 7");
        assertThat(CHOICE.changesWeights()).isFalse();
    }

    @Test
    void suitsNoMeasurementOfAnotherKind() {
        assertThatThrownBy(() -> CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere")))
                .hasMessageContaining("`contrast` of two factors")
                .hasMessageContaining("use another one here");
    }
}
