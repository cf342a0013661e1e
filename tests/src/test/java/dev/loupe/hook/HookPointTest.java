package dev.loupe.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookPointTest {
    @ParameterizedTest
    @EnumSource(Site.class)
    void everySpellingOfASiteLeadsBackToIt(Site site) {
        HookPoint point = site.perLayer() ? HookPoint.of(site, 12) : HookPoint.of(site);
        assertThat(HookPoint.parse(point.name())).contains(point);
        assertThat(Site.ofCanonical(site.canonical())).isEqualTo(site);
        if (site.perLayer()) {
            assertThat(HookPoint.parse("L12." + site.canonical())).contains(point);
            assertThat(HookPoint.parse("blocks.12." + site.canonical())).contains(point);
        } else {
            assertThat(HookPoint.parse(site.canonical())).contains(point);
        }
    }

    @Test
    void namesAndSpellingsAreUnique() {
        Set<String> seen = new HashSet<>(Site.spellings());
        assertThat(seen).hasSize(Site.values().length);
        for (Site site : Site.values()) {
            assertThat(seen.add(site.template())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "k6, blocks.6.attn.hook_k",
        "scale4ln1, blocks.4.ln1.hook_scale",
        "normalized0ln2, blocks.0.ln2.hook_normalized",
        "resid_pre3, blocks.3.hook_resid_pre",
        "attn5, blocks.5.attn.hook_pattern",
        "attn_logits2, blocks.2.attn.hook_attn_scores",
        "mlp_post11, blocks.11.mlp.hook_post",
        "pre2mlp, blocks.2.mlp.hook_pre",
        "z1attn, blocks.1.attn.hook_z",
        "rot_q1, blocks.1.attn.hook_rot_q",
        "scale, ln_final.hook_scale",
        "normalized, ln_final.hook_normalized",
        "embed, hook_embed",
    })
    void shortNamesOfTransformerLens(String text, String name) {
        assertThat(HookPoint.parse(text)).map(HookPoint::name).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "attn.z",
                "blocks.1.attn.hook_zz",
                "blocks.-1.attn.hook_z",
                "k",
                "L1.embed",
                "blocks.x.attn.hook_z",
                "blocks.99999999999.attn.hook_z",
                "embed3"
            })
    void otherTextIsNoHookPoint(String text) {
        assertThat(HookPoint.parse(text)).isEmpty();
    }

    @Test
    void aLayerIsNeededExactlyWhereThereAreLayers() {
        assertThatThrownBy(() -> HookPoint.of(Site.Z)).hasMessageContaining("attn.z needs a layer");
        assertThatThrownBy(() -> HookPoint.of(Site.EMBED, 0)).hasMessageContaining("embed has no layer");
    }

    @ParameterizedTest
    @CsvSource({
        "*, 3",
        "blocks.*.attn.hook_z, 2",
        "blocks.1.*, 1",
        "hook_embed, 1",
        "*hook_result, 1",
        "*result*, 0",
        "blocks.?.attn.hook_z, 2",
        "blocks.*.attn.hook_, 0",
        "**z, 2"
    })
    void globs(String glob, int matches) {
        List<HookPoint> points = List.of(
                HookPoint.of(Site.EMBED),
                HookPoint.of(Site.Z, 0),
                HookPoint.of(Site.Z, 1),
                HookPoint.of(Site.RESULT, 0));
        assertThat(new HookPattern(glob).select(points)).hasSize(matches);
    }

    /** Both names that `list` prints of a site choose its points, in every layer, and nothing else. */
    @Test
    void everyListedNameChoosesItsSite() {
        List<HookPoint> all = new ArrayList<>();
        for (Site site : Site.values()) {
            for (int layer = 0; layer < (site.perLayer() ? 3 : 1); layer++) {
                all.add(new HookPoint(site, site.perLayer() ? layer : -1));
            }
        }
        for (Site site : Site.values()) {
            List<HookPoint> own = all.stream().filter(p -> p.site() == site).toList();
            assertThat(new HookPattern(site.canonical()).select(all)).isEqualTo(own);
            assertThat(new HookPattern(site.shown()).select(all)).isEqualTo(own);
            assertThat(Site.ofSpelling(site.canonical())).isEqualTo(site);
            assertThat(Site.ofSpelling(site.shown())).isEqualTo(site);
        }
        assertThat(new HookPattern("attn.r*").select(all)).isNotEmpty().allMatch(p -> p.site() != Site.RESULT);
    }
}
