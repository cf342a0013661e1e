package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimLineTest {
    private static final double NONE = Double.NaN;

    private static String line(int needed, String because, ClaimResult.Part... parts) {
        return ClaimLine.of(
                new ClaimResult("It finds it", new Limits(.6, null), "bound", needed, .95, List.of(parts), because));
    }

    @Test
    void theVerdictIsAWordOfItsOwnColumn() {
        assertThat(line(1, null, new ClaimResult.Part("m", Verdict.HOLDS, .71, .65, .77, "L1H2")))
                .isEqualTo("  HOLDS      It finds it: 0.7100 [0.6500, 0.7700] (L1H2), expected above 0.6");
        assertThat(line(1, null, new ClaimResult.Part("m", Verdict.REFUTED, .5, NONE, NONE, null)))
                .isEqualTo("  REFUTED    It finds it: 0.5000, expected above 0.6");
        assertThat(line(
                        1,
                        "undefined in m: nothing was counted",
                        new ClaimResult.Part("m", Verdict.UNDECIDED, NONE, NONE, NONE, null)))
                .isEqualTo(
                        "  UNDECIDED  It finds it: undefined, expected above 0.6; undefined in m: nothing was counted");
    }

    @Test
    void theDecidingUnitIsNamed() {
        assertThat(line(
                        2,
                        null,
                        new ClaimResult.Part("seed 0", Verdict.HOLDS, .9, .88, .92, null),
                        new ClaimResult.Part("seed 1", Verdict.HOLDS, .71, .65, .77, null),
                        new ClaimResult.Part("seed 2", Verdict.REFUTED, .1, .05, .2, null)))
                .isEqualTo("  HOLDS      It finds it: holds in 2 of 3 seeds, refuted in 1 (2 needed); deciding: seed 1:"
                        + " 0.7100 [0.6500, 0.7700], expected above 0.6");
    }

    @Test
    void zeroHasNoSign() {
        assertThat(line(1, null, new ClaimResult.Part("m", Verdict.REFUTED, -0.0, -0.0, 0, null)))
                .contains(": 0.000 [0.000, 0.000],");
    }
}
