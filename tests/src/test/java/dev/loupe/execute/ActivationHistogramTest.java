package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationHistogramTest {
    @TempDir
    Path folder;

    private Laboratory lab(String sample) {
        return new Laboratory(folder, """
                loupe: 1
                model: {plant: scale-hub, vocabulary: 16, seed: 2}
                dataset: {generator: tokens, ids: [[3, 4, 5, 7], [3, 8, 4, 9], [6, 5]]}
                measure:
                  values: {activation-histogram: mlp.post, neurons: [L0N4, L0N5], sample: %s}
                """.formatted(sample));
    }

    /** Neuron k of this network tells whether the token is k. */
    @Test
    void moreNumbersThanARunKeepsAreRefused() {
        assertThatThrownBy(() -> {
                    try (Laboratory lab = lab("{count: 9000000, per-row: 3000000, seed: 1}")) {
                        lab.plan();
                    }
                })
                .hasMessageContaining("lower `count` or name fewer neurons");
    }
}
