package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Attention patterns of other rows. */
class OtherRowsNullTest {
    private static final NullChoice CHOICE = new OtherRowsNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("PATTERNS 7");
        assertThat(CHOICE.changesWeights()).isFalse();
    }

    @Test
    void suitsWhateverReadsRows() {
        CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere"));
    }
}
