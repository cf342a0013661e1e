package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateSignsTest {
    @TempDir
    Path folder;

    @Test
    void aModelWithoutGatesIsRefused() {
        assertThatThrownBy(() -> {
                    try (Laboratory lab = new Laboratory(folder, """
                            loupe: 1
                            model: {plant: scale-hub, vocabulary: 16, seed: 2}
                            dataset: {generator: tokens, ids: [[3, 4, 5, 7]]}
                            measure:
                              signs: {gate-signs: mlp.post, neurons: [L0N4], sample: {count: 40, seed: 3}}
                            """)) {
                        lab.plan();
                    }
                })
                .hasMessageContaining("the MLPs of this model have no gate");
    }
}
