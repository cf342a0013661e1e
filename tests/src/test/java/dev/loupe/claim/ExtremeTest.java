package dev.loupe.claim;

import static dev.loupe.claim.GivenFindings.heads;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtremeTest {
    private static final Findings SCORES = GivenFindings.of("m", heads(Double.NaN, 2, 5, 3, .25, 4));
    private static final Findings NOTHING =
            GivenFindings.of("m", heads(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));

    private static Extreme.Max max(Map<String, String> where) {
        return new Extreme.Max("m", where);
    }

    private static Extreme.Min min(Map<String, String> where) {
        return new Extreme.Min("m", where);
    }

    @Test
    void theLargestAndTheSmallestDefinedNumberCount() {
        assertThat(max(Map.of()).value(SCORES, -1)).isEqualTo(5);
        assertThat(max(Map.of("layer", "1")).value(SCORES, -1)).isEqualTo(4);
        assertThat(min(Map.of()).value(SCORES, -1)).isEqualTo(.25);
        assertThat(min(Map.of("layer", "0")).value(SCORES, -1)).isEqualTo(2);
        assertThat(max(Map.of()).value(GivenFindings.of("m", heads(-3, -2, -6, -4, -9, -5)), -1))
                .isEqualTo(-2);
        assertThat(max(Map.of()).value(NOTHING, -1)).isNaN();
        assertThat(min(Map.of()).value(NOTHING, -1)).isNaN();
    }

    @Test
    void itsComponentIsNamedAndOfEqualOnesTheFirst() {
        assertThat(max(Map.of()).component(SCORES)).isEqualTo("L0H2");
        assertThat(min(Map.of()).component(SCORES)).isEqualTo("L1H1");
        assertThat(max(Map.of("layer", "1")).component(SCORES)).isEqualTo("L1H2");
        assertThat(max(Map.of("head", "1")).component(SCORES)).isEqualTo("layer 0");
        Findings equal = GivenFindings.of("m", heads(7, 7, 7, 7, 7, 7));
        assertThat(max(Map.of()).component(equal)).isEqualTo("L0H0");
        assertThat(min(Map.of()).component(equal)).isEqualTo("L0H0");
        assertThat(max(Map.of()).value(equal, -1)).isEqualTo(7);
        assertThat(min(Map.of()).value(equal, -1)).isEqualTo(7);
        assertThat(max(Map.of()).component(NOTHING)).isNull();
    }

    @Test
    void itReadsOneMeasurement() {
        assertThat(max(Map.of()).references()).containsExactly("m");
        assertThat(min(Map.of()).references()).containsExactly("m");
    }
}
