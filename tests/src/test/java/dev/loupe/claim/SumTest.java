package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SumTest {
    private static final Findings CURVES = GivenFindings.of(
            "m",
            GivenFindings.exact(
                    List.of(new Axis("by", List.of("good", "bad")), new Axis("k", List.of("1", "2", "4", "64"))),
                    1,
                    2,
                    3,
                    4,
                    5,
                    6,
                    7,
                    Double.NaN));

    @Test
    void aSumNeedsEveryTerm() {
        assertThat(new Sum("m", Map.of("by", "good")).value(CURVES, -1)).isEqualTo(10);
        assertThat(new Sum("m", Map.of("k", "2")).value(CURVES, -1)).isEqualTo(8);
        assertThat(new Sum("m", Map.of()).value(CURVES, -1)).isNaN();
        assertThat(new Sum("m", Map.of()).references()).containsExactly("m");
    }
}
