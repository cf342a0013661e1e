package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of few components. */
class FitProbeTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 20, seed: 3}
            dataset: {generator: planted-language, switch-rate: 0, rows: 300, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    /** One component: the neuron that fires on stems, and the direction is that neuron. */
    @Test
    void fewComponentsAreThoseThatTellTheLabel() {
        RunResult result = run(SPEC + """
                measure:
                  p: {probe: mid-word, at: mlp.post, k: [1, 3], sample: {count: 12000, seed: 1}, draws: 5, seed: 2}
                  d: {probe: mid-word, at: mlp.post, k: [1], show: directions, sample: {count: 12000, seed: 1}, seed: 2}
                """);
        NamedArray score = Laboratory.numbers(result, "p.score");
        assertThat(score.axis("k").labels()).containsExactly("1", "3");
        assertThat(score.data()[0]).isEqualTo(1, within(1e-6));
        NamedArray direction = Laboratory.numbers(result, "d");
        assertThat(direction.axis("d_mlp").size()).isEqualTo(30);
        for (int n = 0; n < 30; n++) {
            assertThat(direction.data()[n]).isEqualTo(n == 5 ? 1 : 0, within(1e-9));
        }
    }
}
