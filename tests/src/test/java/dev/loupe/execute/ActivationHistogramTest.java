package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationHistogramTest {
    @TempDir
    Path folder;

    private Laboratory lab(String dataset, String sample) {
        return new Laboratory(folder, """
                loupe: 1
                model: {plant: scale-hub, vocabulary: 16, seed: 2}
                dataset: %s
                measure:
                  values: {activation-histogram: mlp.post, neurons: [L0N4, L0N5], sample: %s}
                """.formatted(dataset, sample));
    }

    /** Neuron k of this network tells whether the token is k. Rows of 4, 4 and 2 tokens have 7 beside their first ones. */
    @Test
    void thereAreAsManyNumbersAsTheRowsHavePositions() {
        try (Laboratory lab = lab("{generator: tokens, ids: [[3, 4, 5, 7], [3, 8, 4, 9], [6, 5]]}", "{seed: 1}")) {
            NamedArray values =
                    ((StepValue.Numbers) requireNonNull(lab.run(lab.plan()).get("values"))).numbers();
            assertThat(NamedArray.describe(values.axes())).isEqualTo("[neuron 2, position 7]");
            assertThat(Arrays.stream(values.at("neuron", 0).data()).filter(x -> x > 0))
                    .hasSize(2);
            assertThat(values.data()).doesNotContain(Double.NaN);
        }
    }

    @Test
    void moreNumbersThanARunKeepsAreRefused() {
        assertThatThrownBy(() -> {
                    try (Laboratory lab = lab(
                            "{generator: random-tokens, length: 60, rows: 20000, seed: 1}",
                            "{count: 9000000, per-row: 3000000, seed: 1}")) {
                        lab.plan();
                    }
                })
                .hasMessageContaining("1180000 positions of 2 neurons")
                .hasMessageContaining("lower `count` or name fewer neurons");
    }
}
