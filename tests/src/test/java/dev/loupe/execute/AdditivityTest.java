package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of layers against the sum of their layers, on models in which both are known and on values read one by one. */
class AdditivityTest {
    private static final String PLANTED = """
            loupe: 1
            model: {one: {plant: one-layer}, spread: {plant: spread-layers}}
            dataset:
              signs:
                generator: tokens
                ids: [[1, 4, 6], [2, 4, 6]]
                corrupted: [[3, 4, 6], [3, 4, 6]]
                answer: [7, 8]
                wrong: [8, 7]
            intervention:
              window: {patch: mlp_out, over: [layer, pos], from: clean, window: [1, 3]}
            metric: {ld: logit-difference}
            measure:
              clean: {evaluate: ld, model: spread, dataset: signs}
              one: {apply: window, read: ld, as: recovery, model: one, dataset: signs}
              spread: {apply: window, read: ld, as: recovery, model: spread, dataset: signs}
              one-together: {apply: window, read: ld, as: additivity, model: one, dataset: signs}
              spread-together: {apply: window, read: ld, as: additivity, model: spread, dataset: signs}
            """;
    private static final String TRAINED = """
            loupe: 1
            model: {folder: "%s"}
            dataset:
              pairs:
                generator: tokens
                ids: [[5, 9, 23, 2, 17, 8, 20], [1, 2, 3, 4, 5, 6, 7]]
                corrupted: [[5, 9, 23, 2, 17, 8, 21], [1, 2, 3, 4, 5, 6, 21]]
                answer: [21, 21]
                wrong: [4, 5]
            intervention:
              noise: {add-noise: END, sigma: 3.0, samples: 3, seed: 2}
              window: {patch: mlp_out, over: [layer, position], at: [END], from: unedited, window: [1, 2], after: noise}
              narrow: {patch: mlp_out, over: [layer], from: clean}
            metric: {ld: logit-difference}
            measure:
              noised: {apply: noise, read: ld}
              value: {apply: window, read: ld}
              together: {apply: window, read: ld, as: additivity, undefined-below: 0}
              undefined: {apply: window, read: ld, as: additivity, undefined-below: 1000}
            """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/gpt2"));

    @TempDir
    Path folder;

    private Map<String, StepValue> run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.run(lab.plan());
        }
    }

    private static double[] estimate(Map<String, StepValue> values, String name) {
        NamedArray all =
                Laboratory.table(Objects.requireNonNull(values.get(name), name)).estimate();
        return (all.hasAxis("pos") ? all.at("pos", 0) : all).data();
    }

    @Test
    void aFactInOneLayerAddsAndOneInSixShowsOnlyInWindows() {
        Map<String, StepValue> values = run(PLANTED);
        assertThat(estimate(values, "clean")).containsExactly(new double[] {4}, within(1e-4));
        double[] one = {0, 0, 0, 1, 0, 0, 0, /* w = 3 */ 0, 0, 1, 1, 1, 0, 0};
        assertThat(estimate(values, "one")).containsExactly(one, within(1e-4));
        double[] spread = {0, 0, 0, 0, 0, 0, 0, /* w = 3 */ 0, 1, 1, 1, 1, 0, 0};
        assertThat(estimate(values, "spread")).containsExactly(spread, within(1e-4));
        double[] together = estimate(values, "one-together");
        for (int i = 0; i < together.length; i++) {
            if (one[i] == 0) {
                assertThat(together[i]).isNaN();
            } else {
                assertThat(together[i]).isEqualTo(1, within(1e-4));
            }
        }
        // Layers that do nothing alone leave nothing to compare a window with.
        assertThat(estimate(values, "spread-together")).containsOnly(Double.NaN);
    }

    @Test
    void aWindowIsComparedWithEachOfItsLayersUnderTheSameNoise() {
        Map<String, StepValue> values = run(TRAINED);
        double zero = estimate(values, "noised")[0];
        double[] value = estimate(values, "value");
        double[] together = estimate(values, "together");
        int layers = value.length / 2;
        for (int layer = 0; layer < layers; layer++) {
            assertThat(together[layer]).isEqualTo(1, within(1e-4));
            // A window of two is the layer before and the layer itself, at the first layer that layer alone.
            double sum = value[layer] - zero + (layer == 0 ? 0 : value[layer - 1] - zero);
            assertThat(together[layers + layer]).isEqualTo((value[layers + layer] - zero) / sum, within(1e-4));
        }
        assertThat(estimate(values, "undefined")).containsOnly(Double.NaN);
    }

    @Test
    void withoutSingleLayersThereIsNothingToCompareWith() {
        assertThatThrownBy(() -> run(TRAINED.replace("window: [1, 2]", "window: [2, 3]")))
                .hasMessageContaining("`window` contains 1 and a larger size");
        assertThatThrownBy(
                        () -> run(TRAINED.replace("over: [layer, position]", "layers: [1], over: [layer, position]")))
                .hasMessageContaining("layer 0 is not swept");
    }
}
