package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendCorrelationTest {
    private static double trend(double... values) {
        Measured curve = GivenFindings.exact(List.of(Axis.counted("k", values.length)), values);
        return new TrendCorrelation("m", "k", Map.of()).value(GivenFindings.of("m", curve), -1);
    }

    /** For n distinct numbers rho is 1 - 6 sum d^2 / (n (n^2 - 1)). */
    @Test
    void ranksAreComparedWithTheAxis() {
        assertThat(trend(1, 2, 30, 31)).isEqualTo(1);
        assertThat(trend(9, 2, 1, 0)).isEqualTo(-1);
        assertThat(trend(2, 1, 4, 3)).isEqualTo(1 - 6 * 4 / 60.0, within(1e-12));
        assertThat(trend(1, Double.NaN, 2, 3)).isEqualTo(1);
        assertThat(trend(5, 5, 5)).isNaN();
    }

    @Test
    void theAxisCountsByItsNumbersAndNotByTheirOrder() {
        Measured curve = GivenFindings.exact(List.of(new Axis("step", List.of("10", "2", "300"))), 2, 1, 3);
        TrendCorrelation trend = new TrendCorrelation("m", "step", Map.of());
        assertThat(trend.value(GivenFindings.of("m", curve), -1)).isEqualTo(1);
        assertThat(trend.axes()).containsExactly("step");
        assertThat(trend.references()).containsExactly("m");
    }
}
