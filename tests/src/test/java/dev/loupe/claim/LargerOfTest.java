package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LargerOfTest {
    private static final Findings FOUND = GivenFindings.of(Map.of(
            "low", GivenFindings.heads(.1, .2, .3, .1, .1, .1),
            "high", GivenFindings.heads(0, 0, 0, 0, .9, 0),
            "none", GivenFindings.heads(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN)));

    private static LargerOf of(String... names) {
        return new LargerOf(List.of(names).stream()
                .<Expression>map(name -> new Extreme.Max(name, Map.of()))
                .toList());
    }

    @Test
    void theLargestNumberIsTakenWithItsComponent() {
        assertThat(of("low", "high").value(FOUND, -1)).isEqualTo(.9);
        assertThat(of("high", "low").component(FOUND)).isEqualTo("L1H1");
        assertThat(of("low", "low", "high").references()).containsExactly("low", "high");
    }

    @Test
    void whatIsNotDefinedHasNoLargest() {
        assertThat(of("low", "none").value(FOUND, -1)).isNaN();
        assertThat(of("low", "none").component(FOUND)).isNull();
    }

    @Test
    void oneNumberIsNotCompared() {
        assertThatThrownBy(() -> of("low")).hasMessageContaining("two expressions or more");
    }
}
