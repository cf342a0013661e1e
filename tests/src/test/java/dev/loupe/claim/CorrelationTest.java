package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static final Correlation R = new Correlation(List.of("x", "y"), Map.of());

    private static Measured row(double... values) {
        return GivenFindings.exact(List.of(Axis.counted("head", values.length)), values);
    }

    private static double r(Measured x, Measured y) {
        return R.value(GivenFindings.of(Map.of("x", x, "y", y)), -1);
    }

    /** Deviations -1.5 -.5 .5 1.5 against -.5 -1.5 1.5 .5: 3 of sqrt(5 * 5). */
    @Test
    void itIsThePearsonFormula() {
        assertThat(r(row(1, 2, 3, 4), row(2, 1, 4, 3))).isEqualTo(.6, within(1e-12));
        assertThat(r(row(1, 2, 3), row(4, 7, 10))).isEqualTo(1, within(1e-12));
        assertThat(r(row(1, 2, 3), row(9, 8, 7))).isEqualTo(-1, within(1e-12));
    }

    /** Squares rank alike but do not lie on a line: 8 of sqrt(2 * 98 / 3). */
    @Test
    void unlikeARankItSeesTheScale() {
        assertThat(r(row(1, 2, 3), row(1, 4, 9))).isEqualTo(8 / Math.sqrt(2 * 98 / 3.0), within(1e-12));
        assertThat(r(row(1, 2, Double.NaN, 3), row(1, 4, 5, 9))).isEqualTo(8 / Math.sqrt(2 * 98 / 3.0), within(1e-12));
    }

    /** At the second label of k alone: 1 2 3 against 4 7 10. */
    @Test
    void bothAreNarrowedAlike() {
        List<Axis> axes = List.of(Axis.counted("k", 2), Axis.counted("head", 3));
        Measured x = GivenFindings.exact(axes, 5, 5, 1, 1, 2, 3);
        Measured y = GivenFindings.exact(axes, 0, 9, 9, 4, 7, 10);
        Correlation at = new Correlation(List.of("x", "y"), Map.of("k", "1"));
        assertThat(at.value(GivenFindings.of(Map.of("x", x, "y", y)), -1)).isEqualTo(1, within(1e-12));
        assertThat(at.axes()).containsExactly("k");
    }

    @Test
    void whatDoesNotVaryHasNone() {
        assertThat(r(row(3, 3, 3), row(1, 2, 3))).isNaN();
        assertThatThrownBy(() -> new Correlation(List.of("x"), Map.of()))
                .hasMessage("`correlation` takes two measurements, not 1");
    }
}
