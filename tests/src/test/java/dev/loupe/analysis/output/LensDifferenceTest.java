package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stream at each depth times the direction of the difference, over the scale of the end or its own. */
class LensDifferenceTest {
    @Test
    void everyDepthIsTheStreamThere() {
        for (Normalization norm : List.of(Normalization.LN, Normalization.RMS)) {
            AnsweredRun run = AnsweredRun.of(norm, NormPlacement.BEFORE);
            for (LogitLens.Scale scale : LogitLens.Scale.values()) {
                LensDifference lens = new LensDifference("some", null, AnsweredRun.SITES, scale);
                List<HookPoint> points = new Depths(AnsweredRun.SITES).points(run.shape());
                assertThat(points).hasSize(5);
                run.with(lens, batch -> {
                    RowValues found = lens.read(batch);
                    for (int row = 0; row < 2; row++) {
                        for (int p = 0; p < 5; p++) {
                            double wanted = 0;
                            for (int pos : AnsweredRun.SOME[row]) {
                                double[] stream = AnsweredRun.at(batch, points.get(p), row, pos);
                                wanted += scale == LogitLens.Scale.HELD
                                        ? AnsweredRun.dot(stream, run.scaled(batch, row, pos))
                                        : AnsweredRun.dot(stream, run.direction(row))
                                                / own(stream, norm == Normalization.LN);
                            }
                            assertThat(found.numerator()[row * 5 + p]).isEqualTo(wanted, within(1e-4));
                            assertThat(found.denominator()[row * 5 + p]).isEqualTo(2 - row);
                        }
                    }
                });
            }
        }
    }

    private static double own(double[] stream, boolean centred) {
        double mean = centred ? Arrays.stream(stream).average().orElseThrow() : 0;
        return Math.sqrt(Arrays.stream(stream).map(x -> (x - mean) * (x - mean)).sum() / 5 + 1e-5);
    }

    @Test
    void depthsAreNamedByTheirBlock() {
        AnsweredRun run = AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE);
        assertThat(new Depths(AnsweredRun.SITES).axis(run.shape()).labels())
                .containsExactly("0_pre", "0_mid", "1_pre", "1_mid", "final_post");
        ResidualSites bare = new ResidualSites(false, false, false);
        assertThat(new Depths(bare).axis(run.shape()).labels()).containsExactly("0_pre", "1_pre", "final_post");
        assertThat(new LensDifference("END", null, bare, LogitLens.Scale.OWN).captures(run.shape()))
                .containsExactly(
                        HookPoint.of(Site.RESID_PRE, 0),
                        HookPoint.of(Site.RESID_PRE, 1),
                        HookPoint.of(Site.RESID_POST, 1));
    }
}
