package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Targets exchanged between queries. */
class ShuffledTargetsNullTest {
    private static final NullChoice WITHIN = new ShuffledTargetsNull(20, 3, ShuffledTargetsNull.From.ROW);
    private static final NullChoice BETWEEN = new ShuffledTargetsNull(20, 3, ShuffledTargetsNull.From.OTHER_ROWS);

    @Test
    void targetsAreShuffledWithinARowOrExchangedBetweenRows() {
        assertThat(WITHIN.drawn(new NamedChanges(), 7)).isEqualTo("targets 7");
        assertThat(BETWEEN.drawn(new NamedChanges(), 7)).isEqualTo("targets 7 of others");
        assertThat(WITHIN.words(20)).isNotEqualTo(BETWEEN.words(20));
        assertThat(WITHIN.changesWeights()).isFalse();
    }

    @Test
    void suitsScoresOfAPointerAlone() {
        BETWEEN.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere"));
        TargetScores ofClass = new TargetScores(new TargetChoice.InClass("list"), "everywhere");
        assertThatThrownBy(() -> WITHIN.check(ofClass)).hasMessageContaining("`target-scores` of a pointer");
    }
}
