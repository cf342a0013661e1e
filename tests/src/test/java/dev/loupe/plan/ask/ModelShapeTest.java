package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes that differ from each other, so that each can be told from the number of elements. */
class ModelShapeTest {
    private static final ModelShape SHAPE = new ModelShape(
            "transformer", 3, 8, 6, 2, 5, 32, 40, 50, 16, false, false, false, false, false, 1000, List.of(), Site.K);

    private static long elements(Site site) {
        return SHAPE.elements(HookPoint.of(site, 1), 7);
    }

    @Test
    void elementsOfOneRowOfSevenTokens() {
        assertThat(elements(Site.RESID_PRE)).isEqualTo(7 * 8);
        assertThat(elements(Site.Q)).isEqualTo(7 * 6 * 5);
        assertThat(elements(Site.K)).isEqualTo(7 * 2 * 5);
        assertThat(elements(Site.PATTERN)).isEqualTo(6 * 7 * 7);
        assertThat(elements(Site.MLP_POST)).isEqualTo(7 * 32);
        assertThat(SHAPE.elements(HookPoint.of(Site.UNEMBED_OUT), 7)).isEqualTo(7 * 50);
    }

    @Test
    void layersAreCountedFromZero() {
        assertThatCode(() -> SHAPE.requireLayer(0)).doesNotThrowAnyException();
        assertThatCode(() -> SHAPE.requireLayer(2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> SHAPE.requireLayer(3)).hasMessage("there is no layer 3: the model has 0 to 2");
        assertThatThrownBy(() -> SHAPE.requireLayer(-1)).hasMessageContaining("no layer -1");
        assertThat(SHAPE.layersWith(Site.Z)).containsExactly(0, 1, 2);
        assertThat(SHAPE.layersWith(Site.FEATURES)).isEmpty();
        assertThat(SHAPE.units(Site.MLP_POST)).isEqualTo(32);
        assertThat(SHAPE.units(Site.FEATURES)).isZero();
        assertThat(SHAPE.units(Site.FEATURES, List.of())).isZero();
        assertThat(SHAPE.units(Site.MLP_POST, List.of(1))).isEqualTo(32);
        assertThat(SHAPE.features(1)).isZero();
        assertThat(SHAPE.readsTokens()).isTrue();
        assertThat(kind(ModelShape.TABLE).readsTokens()).isTrue();
        assertThat(kind("autoencoder").readsTokens()).isFalse();
    }

    private static ModelShape kind(String kind) {
        return new ModelShape(kind, 3, 8, 6, 2, 5, 32, 40, 50, 16, false, false, false, 0, List.of());
    }
}
