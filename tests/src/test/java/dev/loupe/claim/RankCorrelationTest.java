package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    private static final RankCorrelation RHO = new RankCorrelation(List.of("x", "y"), Map.of());

    private static Measured row(double... values) {
        return GivenFindings.exact(List.of(Axis.counted("head", values.length)), values);
    }

    private static double rho(Measured x, Measured y) {
        return RHO.value(GivenFindings.of(Map.of("x", x, "y", y)), -1);
    }

    /** Without ties rho is 1 - 6 sum d^2 / (n (n^2 - 1)): ranks 1 2 3 4 5 against 2 1 4 3 5 differ by 1 four times. */
    @Test
    void withoutTiesItIsSpearmansFormula() {
        assertThat(rho(row(.1, .2, .3, 40, 500), row(20, -1, 40, 30, 41))).isEqualTo(1 - 6 * 4 / 120.0, within(1e-12));
        assertThat(rho(row(1, 2, 3), row(9, 8, 7))).isEqualTo(-1, within(1e-12));
    }

    /** Ranks 1, 2.5, 2.5, 4 against 4, 1, 2, 3; the fifth is undefined in one. */
    @Test
    void tiesShareTheirMeanRank() {
        assertThat(rho(row(1, 7, 7, 9, 3), row(8, -1, 2, 5, Double.NaN)))
                .isEqualTo(-1.5 / Math.sqrt(4.5 * 5), within(1e-12));
    }

    @Test
    void whereAllAreEqualNothingIsRanked() {
        assertThat(rho(row(3, 3, 3), row(1, 2, 3))).isNaN();
        assertThat(rho(row(1, 2, 3), row(3, 3, 3))).isNaN();
    }

    @Test
    void itTakesTwoMeasurementsOfTheSameComponents() {
        assertThat(RHO.references()).containsExactly("x", "y");
        assertThatThrownBy(() -> new RankCorrelation(List.of("x"), Map.of()))
                .hasMessage("`rank-correlation` takes two measurements, not 1");
        Measured other = new Measured(NamedArray.scalar(1), null, null);
        assertThatThrownBy(() -> rho(row(1, 2), other)).hasMessageContaining("`x` has [head 2], `y` []");
    }
}
