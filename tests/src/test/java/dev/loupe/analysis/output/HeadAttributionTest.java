package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every head from its output and the weights after it. */
class HeadAttributionTest {
    @Test
    void eachHeadHasWhatItWrites() {
        HeadAttribution.Written written = new HeadAttribution.Written("some", null, true);
        for (AnsweredRun run : List.of(
                AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE),
                AnsweredRun.of(Normalization.RMS, NormPlacement.BEFORE_AND_AFTER))) {
            assertThat(written.axes(run.shape()).stream().map(Axis::size)).containsExactly(2, 2);
            run.with(written, batch -> {
                RowValues found = written.read(batch);
                assertThat(found.numerator()).hasSize(8);
                for (int i = 0; i < 8; i++) {
                    int row = i / 4;
                    double wanted = 0;
                    for (int pos : AnsweredRun.SOME[row]) {
                        wanted += run.head(batch, i / 2 % 2, i % 2, row, pos);
                    }
                    assertThat(found.numerator()[i]).isEqualTo(wanted, within(1e-4));
                    assertThat(found.denominator()[i]).isEqualTo(2 - row);
                }
            });
        }
    }

    @Test
    void onlyAModelWithAFinalNormKeepsItsScale() {
        AnsweredRun run = AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE);
        assertThat(new HeadAttribution.Written("END", null, false).captures(run.shape()))
                .containsExactly(HookPoint.of(Site.Z, 0), HookPoint.of(Site.Z, 1));
        assertThat(new HeadAttribution.Written("END", null, true).captures(run.shape()))
                .endsWith(HookPoint.of(Site.LN_FINAL_SCALE));
    }

    @Test
    void theTitleNamesWhatIsEdited() {
        assertThat(new HeadAttribution("END", List.of(), null).title()).isEqualTo("Direct logit attribution of heads");
        assertThat(new HeadAttribution("END", List.of("a", "b"), null).title())
                .isEqualTo("Direct logit attribution of heads under a, b");
        assertThatThrownBy(() -> new HeadAttribution("END", List.of(), Reduction.SUM))
                .hasMessageContaining("would add up logits");
    }
}
