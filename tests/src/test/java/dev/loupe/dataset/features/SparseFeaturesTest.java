package dev.loupe.dataset.features;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.FeatureRows;
import org.junit.jupiter.api.Test;

class SparseFeaturesTest {

    private static SparseFeatures generator(String options) {
        return bind(SparseFeatures.class, "{generator: sparse-features, " + options + "}");
    }

    @Test
    void eachInstanceHasItsSparsity() {
        FeatureRows rows = generator("features: 10, sparsity: [0, 0.7, 0.97]").draw(new Draw(1, 5000, 3));
        assertThat(share(rows, 0)).isEqualTo(1.0, within(1e-3));
        assertThat(share(rows, 1)).isEqualTo(0.3, within(0.01));
        assertThat(share(rows, 2)).isEqualTo(0.03, within(0.005));
    }

    private static double share(FeatureRows rows, int instance) {
        int present = 0;
        for (int row = 0; row < rows.rows(); row++) {
            for (int feature = 0; feature < rows.features(); feature++) {
                present += rows.at(instance, row, feature) != 0 ? 1 : 0;
            }
        }
        return present / (double) (rows.rows() * rows.features());
    }

    @Test
    void distributionsHaveTheirValuesAndMeanSquare() {
        for (SparseFeatures.Distribution distribution : SparseFeatures.Distribution.values()) {
            SparseFeatures generator = generator("features: 20, sparsity: 0, distribution: "
                    + distribution.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            FeatureRows rows = generator.draw(new Draw(1, 5000, 1));
            double square = 0;
            for (float value : rows.values()) {
                square += value * value;
                switch (distribution) {
                    case UNIFORM -> assertThat(value >= 0 && value < 1).isTrue();
                    case BINARY -> assertThat(value == 1).isTrue();
                    case SIGNED -> assertThat(Math.abs(value) == 1).isTrue();
                    case SIGNED_UNIFORM -> assertThat(value >= -1 && value < 1).isTrue();
                    case LEVELS ->
                        assertThat(value == 1 || value == 2 || value == 3).isTrue();
                }
            }
            assertThat(square / rows.values().length)
                    .as("%s", distribution)
                    .isEqualTo(generator.zeroModelLoss(0), within(0.02 * generator.zeroModelLoss(0)));
        }
    }

    @Test
    void importanceDecays() {
        assertThat(generator("features: 3, importance-decay: 0.5").importance()).containsExactly(1f, 0.5f, 0.25f);
        assertThat(generator("features: 2, importance-decay: 0.5, sparsity: 0.9, distribution: binary")
                        .zeroModelLoss(0.9))
                .isEqualTo(0.075, within(1e-12));
    }

    @Test
    void equalSeedsGiveEqualRowsAndRowsDoNotDependOnTheirNumber() {
        SparseFeatures generator = generator("features: 4, sparsity: 0.5");
        FeatureRows few = generator.draw(new Draw(1, 10, 8));
        FeatureRows many = generator.draw(new Draw(1, 20, 8));
        for (int row = 0; row < 10; row++) {
            for (int feature = 0; feature < 4; feature++) {
                assertThat(many.at(0, row, feature)).isEqualTo(few.at(0, row, feature));
            }
        }
        assertThat(generator.draw(new Draw(1, 10, 9)).values()).isNotEqualTo(few.values());
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> generator("sparsity: 1")).hasMessageContaining("below 1");
        assertThatThrownBy(() -> generator("sparsity: []")).hasMessageContaining("empty");
        assertThatThrownBy(() -> generator("importance-decay: 2")).hasMessageContaining("at most 1");
    }
}
