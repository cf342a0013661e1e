package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.heads.DistanceProfile;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenPatterns#A}. */
class DistanceProfileTest {
    private static RowValues read(int farthest) {
        return WrittenPatterns.read(new DistanceProfile(farthest));
    }

    /** Numbers of one row: [layer, head, distance]. */
    private static double value(RowValues values, int distances, int row, int layer, int head, int distance) {
        int at = ((row * 2 + layer) * 2 + head) * distances + distance;
        return values.numerator()[at] / values.denominator()[at];
    }

    @Test
    void eachDistanceIsTheMeanOverQueriesThatReachSoFar() {
        RowValues values = read(2);
        assertThat(values.numerator()).hasSize(2 * 2 * 2 * 3);
        // Layer 0, row 0, head 0: diagonal 1 + .75 + .2, one back .25 + .3, two back .5.
        assertThat(value(values, 3, 0, 0, 0, 0)).isEqualTo(1.95 / 3, within(1e-6));
        assertThat(value(values, 3, 0, 0, 0, 1)).isEqualTo(.55 / 2, within(1e-6));
        assertThat(value(values, 3, 0, 0, 0, 2)).isEqualTo(.5, within(1e-6));
        // Head 1 of the same row, then the other row and the other layer.
        assertThat(value(values, 3, 0, 0, 1, 1)).isEqualTo((.9 + .1) / 2, within(1e-6));
        assertThat(value(values, 3, 1, 0, 0, 0)).isEqualTo(1, within(1e-6));
        assertThat(value(values, 3, 1, 0, 1, 2)).isEqualTo(1, within(1e-6));
        assertThat(value(values, 3, 0, 1, 0, 1)).isEqualTo((.4 + .2) / 2, within(1e-6));
        assertThat(value(values, 3, 1, 1, 1, 1)).isEqualTo((.2 + .8) / 2, within(1e-6));
        assertThat(value(values, 3, 1, 1, 0, 1)).isEqualTo(1, within(1e-6));
    }

    /** A row of three tokens has no query four back: nothing is counted, neither 0 nor a share. */
    @Test
    void whatIsFartherThanTheRowIsUndefined() {
        RowValues values = read(4);
        for (int i = 0; i < values.denominator().length; i++) {
            int distance = i % 5;
            assertThat(values.denominator()[i])
                    .isEqualTo(distance == 0 ? 3 : distance == 1 ? 2 : distance == 2 ? 1 : 0);
            if (distance > 2) {
                assertThat(values.numerator()[i]).isEqualTo(0);
            }
        }
    }

    @Test
    void axesAreLayerHeadAndDistanceFromZero() {
        ModelShape shape = new ModelShape("transformer", 2, 4, 3, 3, 2, 0, 3, 3, 8, true, false, false, 0, List.of());
        assertThat(new DistanceProfile(1).axes(shape))
                .extracting(axis -> axis.name() + " " + axis.labels())
                .containsExactly("layer [0, 1]", "head [0, 1, 2]", "distance [0, 1]");
        assertThatThrownBy(() -> new DistanceProfile(-1)).hasMessageContaining("0 to 512");
        assertThatThrownBy(() -> new DistanceProfile(513)).hasMessageContaining("0 to 512");
    }

    @Test
    void aDistanceBeyondEveryRowIsRefusedBeforeARun() {
        new DistanceProfile(2).check(WrittenPatterns.rows());
        assertThatThrownBy(() -> new DistanceProfile(3).check(WrittenPatterns.rows()))
                .hasMessage(
                        "a distance of 3 is too large for every row: the longest has 3 tokens, so the maximum is 2");
        assertThat(new DistanceProfile(0).farthest()).isZero();
        assertThat(new DistanceProfile(512).searches()).isTrue();
    }
}
