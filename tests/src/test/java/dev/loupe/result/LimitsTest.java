package dev.loupe.result;

import static dev.loupe.result.Verdict.HOLDS;
import static dev.loupe.result.Verdict.REFUTED;
import static dev.loupe.result.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void aboveALimit() {
        Limits above = new Limits(2., null);
        assertThat(above.verdict(2.1, 3)).isEqualTo(HOLDS);
        assertThat(above.verdict(2, 3)).isEqualTo(UNDECIDED);
        assertThat(above.verdict(1, 2.1)).isEqualTo(UNDECIDED);
        assertThat(above.verdict(1, 2)).isEqualTo(REFUTED);
        assertThat(above.verdict(0, 1)).isEqualTo(REFUTED);
        assertThat(above.verdict(2, 2)).isEqualTo(REFUTED);
        assertThat(above.verdict(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isEqualTo(HOLDS);
    }

    @Test
    void belowALimit() {
        // The estimate -0.771 lies below -0.4, but its interval reaches above it.
        Limits below = new Limits(null, -.4);
        assertThat(below.verdict(-1.137, -.353)).isEqualTo(UNDECIDED);
        assertThat(below.verdict(-1.137, -.401)).isEqualTo(HOLDS);
        assertThat(below.verdict(-1.137, -.4)).isEqualTo(UNDECIDED);
        assertThat(below.verdict(-.4, 0)).isEqualTo(REFUTED);
        assertThat(below.verdict(-.3, 0)).isEqualTo(REFUTED);
    }

    @Test
    void betweenLimits() {
        Limits between = new Limits(1., 3.);
        assertThat(between.verdict(1.1, 2.9)).isEqualTo(HOLDS);
        assertThat(between.verdict(1, 2)).isEqualTo(UNDECIDED);
        assertThat(between.verdict(2, 3)).isEqualTo(UNDECIDED);
        assertThat(between.verdict(0, 4)).isEqualTo(UNDECIDED);
        assertThat(between.verdict(0, 1)).isEqualTo(REFUTED);
        assertThat(between.verdict(3, 4)).isEqualTo(REFUTED);
        assertThat(between.verdict(2, 2)).isEqualTo(HOLDS);
    }

    @Test
    void whatIsUndefinedIsUndecided() {
        assertThat(new Limits(1., null).verdict(Double.NaN, Double.NaN)).isEqualTo(UNDECIDED);
        assertThat(new Limits(null, 1.).verdict(0, Double.NaN)).isEqualTo(UNDECIDED);
    }

    @Test
    void wordsReadBack() {
        for (Limits limits : List.of(new Limits(.6, null), new Limits(null, -1e-5), new Limits(-1., 1e9))) {
            assertThat(Limits.parse(limits.words())).isEqualTo(limits);
        }
        assertThat(Limits.parse("about 3")).isNull();
        assertThat(Limits.parse("above all")).isNull();
    }
}
