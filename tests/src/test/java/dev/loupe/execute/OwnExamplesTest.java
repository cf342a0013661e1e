package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In an identity every neuron is first at its own token. */
class OwnExamplesTest {
    private static final String REST = """
            dataset: {generator: random-tokens, length: 24, rows: 60, seed: 4}
            measure: {own: {own-examples: mlp.post, layers: [0], examples: 3, sample: {count: 1200, seed: 1}}}
            """;

    @TempDir
    Path folder;

    private RunResult run(String plant) {
        try (Laboratory lab =
                new Laboratory(folder, "loupe: 1\nmodel: {plant: " + plant + ", vocabulary: 20}\n" + REST)) {
            return lab.result();
        }
    }

    @Test
    void inAnIdentityEveryNeuronIsFirstAtItsOwnExamples() {
        RunResult result = run("identity-mlp");
        for (String part : new String[] {"raw", "z-scored", "percentile"}) {
            for (double x : Laboratory.numbers(result, "own." + part).data()) {
                assertThat(x).isEqualTo(1, within(1e-9));
            }
        }
        // 20 tokens equally often: each neuron is the first at a twentieth of all examples.
        for (double x : Laboratory.numbers(result, "own.hub").data()) {
            assertThat(x).isEqualTo(1 / 20.0, within(1e-9));
        }
        // 60 rows of 23 positions that count.
        double t = 60 * 23;
        double three = (t / (t + 19)
                        + t * (t - 1) / ((t + 19) * (t + 18))
                        + t * (t - 1) * (t - 2) / ((t + 19) * (t + 18) * (t + 17)))
                / 3;
        assertThat(Laboratory.numbers(result, "own.independent").data()[0]).isEqualTo(three, within(1e-9));
    }
}
