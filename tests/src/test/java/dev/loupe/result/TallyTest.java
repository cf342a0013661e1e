package dev.loupe.result;

import static dev.loupe.result.Verdict.HOLDS;
import static dev.loupe.result.Verdict.REFUTED;
import static dev.loupe.result.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void refutedComesBeforeUndecidedBeforeHolds() {
        assertThat(Tally.of(List.of()).verdict()).isEqualTo(HOLDS);
        assertThat(Tally.of(List.of(HOLDS, HOLDS)).verdict()).isEqualTo(HOLDS);
        assertThat(Tally.of(List.of(HOLDS, UNDECIDED)).verdict()).isEqualTo(UNDECIDED);
        assertThat(Tally.of(List.of(UNDECIDED, REFUTED, HOLDS)).verdict()).isEqualTo(REFUTED);
    }

    @Test
    void saysHowManyOfEach() {
        assertThat(Tally.of(List.of(HOLDS)).ofClaims()).isEqualTo("the one claim holds");
        assertThat(Tally.of(List.of(UNDECIDED)).ofClaims()).isEqualTo("the one claim is undecided");
        assertThat(Tally.of(List.of(HOLDS, HOLDS)).ofClaims()).isEqualTo("all 2 claims hold");
        assertThat(Tally.of(List.of(HOLDS, REFUTED, REFUTED, UNDECIDED)).ofClaims())
                .isEqualTo("1 of 4 claims holds, 2 are refuted, 1 is undecided");
        assertThat(Tally.of(List.of(UNDECIDED, UNDECIDED)).ofClaims()).isEqualTo("0 of 2 claims hold, 2 are undecided");
        assertThat(Tally.of(List.of(HOLDS, UNDECIDED, HOLDS)).inUnits("seeds"))
                .isEqualTo("holds in 2 of 3 seeds, undecided in 1");
    }
}
