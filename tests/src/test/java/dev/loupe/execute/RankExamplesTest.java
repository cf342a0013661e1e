package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One loud neuron is first everywhere, until each is standardised. */
class RankExamplesTest {
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
    void aLoudNeuronIsFirstAtAllExamplesUntilEachIsStandardised() {
        RunResult result = run("scale-hub");
        NamedArray raw = Laboratory.numbers(result, "own.raw");
        NamedArray standard = Laboratory.numbers(result, "own.z-scored");
        for (int neuron = 0; neuron < 20; neuron++) {
            assertThat(raw.data()[neuron]).isZero();
            assertThat(standard.data()[neuron]).isEqualTo(1, within(1e-9));
        }
        assertThat(Laboratory.numbers(result, "own.hub").data()[20]).isEqualTo(1, within(1e-9));
    }
}
