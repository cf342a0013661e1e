package dev.loupe.claim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static double overlap(double[] picked, double[] ranks, List<Axis> axes, List<Axis> others) {
        Map<String, Measured> all = Map.of(
                "picked", new Measured(new NamedArray(axes, picked), null, null),
                "ranks", new Measured(new NamedArray(others, ranks), null, null));
        Findings findings = new Findings(name -> requireNonNull(all.get(name)), new Resampling(100, .95, 1));
        return new Overlap(List.of("picked", "ranks")).value(findings, -1);
    }

    private static double overlap(double[] picked, double... ranks) {
        List<Axis> axes = List.of(Axis.counted("edge", picked.length));
        return overlap(picked, ranks, axes, axes);
    }

    @Test
    void asManyOfTheLargestAreHeldAgainstWhatWasPicked() {
        assertThat(overlap(new double[] {1, 0, 1, 0}, -9, 1, 2, 0)).isEqualTo(1);
        assertThat(overlap(new double[] {1, 0, 1, 0}, 0, 1, -2, 3)).isEqualTo(.5);
        assertThat(overlap(new double[] {1, 1, 0, 0}, 0, 0.5, 4, 3)).isZero();
    }

    @Test
    void undefinedComponentsAreNeitherPickedNorRanked() {
        assertThat(overlap(new double[] {Double.NaN, 1, 0}, Double.NaN, 5, 1)).isEqualTo(1);
        assertThat(overlap(new double[] {0, 0, Double.NaN}, 1, 5, 1)).isNaN();
        // Two are picked and one is ranked: half of what was picked is found, whatever the undefined ones are.
        assertThat(overlap(new double[] {1, 1, 0}, Double.NaN, 5, Double.NaN)).isEqualTo(.5);
    }

    @Test
    void bothNeedTheSameComponents() {
        assertThatThrownBy(() -> overlap(
                        new double[2],
                        new double[2],
                        List.of(Axis.counted("edge", 2)),
                        List.of(Axis.counted("head", 2))))
                .hasMessageContaining("both must have the same components");
        assertThat(new Overlap(List.of("picked", "ranks")).references()).containsExactly("picked", "ranks");
        assertThatThrownBy(() -> new Overlap(List.of("picked"))).hasMessageContaining("takes two measurements, not 1");
    }
}
