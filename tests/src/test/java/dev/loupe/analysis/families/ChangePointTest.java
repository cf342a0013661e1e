package dev.loupe.analysis.families;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.ask.CurvePart;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangePointTest {
    private static final ChangePoint ANY = new ChangePoint("accuracy", "checkpoint");

    @Test
    void itReadsOneMeasurementAndLeavesOutItsAxis() {
        assertThat(ANY.of()).containsExactly("accuracy");
        assertThat(ANY.over()).containsExactly("checkpoint");
        assertThat(ANY.parts()).isEqualTo("part");
    }

    @Test
    void everyPartHasItsFormula() {
        assertThat(List.of(CurvePart.values())).allSatisfy(part -> {
            assertThat(ANY.formula(part.word())).isNotBlank();
            assertThat(ANY.formula()).contains("**" + part.word() + "**");
        });
    }

    /** A curve without a dip has no step of it, though the rest is defined. */
    @Test
    void theStepOfADipHasAReasonOfItsOwn() {
        assertThat(ANY.whyUndefined("dip-step")).startsWith("the curve never goes against its whole change, or ");
        assertThat(ANY.whyUndefined("t50")).isEqualTo(ANY.whyUndefined()).doesNotContain("never");
    }
}
