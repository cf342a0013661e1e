package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block is entered before it, at its queries, at what its heads read, or before its MLP. */
class ResumptionTest {
    private static ModelShape shape(boolean attentionOnly, boolean parallel) {
        return new ModelShape(
                "transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, attentionOnly, false, parallel, 0, List.of());
    }

    private static List<Site> entries(boolean attentionOnly, boolean parallel, Site... sites) {
        return java.util.Arrays.stream(sites)
                .map(site -> Resumption.before(site, shape(attentionOnly, parallel)))
                .toList();
    }

    @Test
    void theLatestEntryThatMeetsAnEdit() {
        assertThat(entries(false, false, Site.RESID_PRE, Site.LN1_NORMALIZED, Site.FEATURES))
                .containsOnly(Site.RESID_PRE);
        assertThat(entries(false, false, Site.Q, Site.V, Site.PATTERN)).containsOnly(Site.Q);
        assertThat(entries(false, false, Site.Z, Site.ATTN_OUT)).containsOnly(Site.Z);
        assertThat(entries(false, false, Site.RESID_MID, Site.MLP_POST, Site.RESID_POST))
                .containsOnly(Site.RESID_MID);
    }

    /** Without an MLP after attention there is nothing between them. */
    @Test
    void noStreamBetweenAttentionAndMlp() {
        assertThat(entries(true, false, Site.Z, Site.RESID_POST)).containsOnly(Site.Z);
        assertThat(entries(false, true, Site.Z, Site.MLP_POST, Site.RESID_POST)).containsOnly(Site.Z);
        assertThat(entries(false, true, Site.Q)).containsExactly(Site.Q);
    }

    @Test
    void theEarliestPlaceToStop() {
        assertThat(Resumption.after(Site.PATTERN)).isEqualTo(Site.RESID_MID);
        assertThat(Resumption.after(Site.RESID_MID)).isEqualTo(Site.RESID_MID);
        assertThat(Resumption.after(Site.MLP_PRE)).isEqualTo(Site.MLP_POST);
        assertThat(Resumption.after(Site.MLP_POST)).isEqualTo(Site.MLP_POST);
        assertThat(Resumption.after(Site.MLP_OUT)).isNull();
        assertThat(Resumption.after(Site.FEATURES)).isNull();
    }
}
