package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final Resampling RESAMPLING = new Resampling(100, .95, 1);

    private static Measured ofRows(int width, double... numerator) {
        double[] ones = new double[numerator.length];
        Arrays.fill(ones, 1);
        RowTable table = new RowTable(List.of(Axis.counted("head", width)), numerator.length / width, numerator, ones);
        return new Measured(table.estimate(), table, null);
    }

    /** Powers of ten, so that a weighted mean says how often each row was drawn. */
    @Test
    void aReplicateWeighsTheRowsAsTheResampleDrewThem() {
        Measured measured = ofRows(1, 1, 10, 100, 1000);
        for (int b = 0; b < 3; b++) {
            double[] drawn = RESAMPLING.weights(4, b);
            double mean = (drawn[0] + 10 * drawn[1] + 100 * drawn[2] + 1000 * drawn[3]) / 4;
            assertThat(mean).isNotEqualTo(1111 / 4.0);
            assertThat(measured.replicate(RESAMPLING, b).value()).isEqualTo(mean);
        }
        assertThat(measured.replicate(RESAMPLING, -1).value()).isEqualTo(1111 / 4.0);
    }

    @Test
    void anExactNumberIsItsOwnReplicate() {
        Measured exact = new Measured(NamedArray.scalar(3), null, null);
        assertThat(exact.replicate(RESAMPLING, 7).value()).isEqualTo(3);
        assertThat(exact.sampled()).isFalse();
        assertThat(exact.sample()).isNull();
        assertThat(exact.chance()).isNull();
    }

    /** Four million numbers are kept for the next claim, 100 resamples of 40000 components; more would fill memory. */
    @Test
    void replicatesAreKeptUpToALimit() {
        Measured kept = ofRows(40_000, new double[40_000]);
        assertThat(kept.replicate(RESAMPLING, 0)).isSameAs(kept.replicate(RESAMPLING, 0));
        Measured large = ofRows(40_001, new double[40_001]);
        assertThat(large.replicate(RESAMPLING, 0)).isNotSameAs(large.replicate(RESAMPLING, 0));
        assertThat(large.replicate(RESAMPLING, 0)).isEqualTo(large.replicate(RESAMPLING, 0));
    }

    @Test
    void oneLabelOfAnAxisKeepsItsRowsAndItsReason() {
        Measured one = ofRows(2, 1, 2, 3, 6).because("no row was counted").at("head", 1);
        assertThat(one.estimate().value()).isEqualTo(4);
        RowTable rows = (RowTable) one.sample();
        assertThat(rows).isNotNull();
        assertThat(rows.numerator()).containsExactly(2, 6);
        assertThat(one.sampled()).isTrue();
        assertThat(one.undefined()).isEqualTo("no row was counted");
        assertThat(ofRows(1, 1).undefined()).isEmpty();
    }
}
