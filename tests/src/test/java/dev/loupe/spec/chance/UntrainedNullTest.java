package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import org.junit.jupiter.api.Test;

/** Models with fresh weights. */
class UntrainedNullTest {
    private static final NullChoice CHOICE = new UntrainedNull(20, 3);

    @Test
    void changesOneThingAlone() {
        assertThat(CHOICE.drawn(new NamedChanges(), 7)).isEqualTo("weights 7");
        assertThat(CHOICE.changesWeights()).isTrue();
    }

    @Test
    void suitsWhateverReadsRows() {
        CHOICE.check(new TargetScores(new TargetChoice.Pointer("source"), "everywhere"));
    }
}
