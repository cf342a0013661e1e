package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An identity MLP fires at a token whatever came before: one token is always enough, wherever it is. */
class ShortenContextsTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsEnoughForANeuronThatReadsTheTokenAlone() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: identity-mlp, vocabulary: 20}
                dataset: {generator: random-tokens, length: 24, rows: 60, seed: 4}
                measure:
                  reset: {shortest-context: mlp.post, layers: [0], examples: 3, sample: {seed: 1}}
                  kept: {shortest-context: mlp.post, layers: [0], examples: 3, positions: kept, sample: {seed: 1}}
                """)) {
            result = lab.result();
        }
        for (String name : new String[] {"reset", "kept"}) {
            double[] tokens = Laboratory.numbers(result, name + ".tokens").data();
            assertThat(tokens).hasSize(3 * 20).containsOnly(1);
            double[] copies = Laboratory.numbers(result, name + ".beyond-copy").data();
            double[] known = Arrays.stream(copies).filter(x -> !Double.isNaN(x)).toArray();
            assertThat(known).isNotEmpty();
            assertThat(Arrays.stream(known).max().orElse(0)).isLessThanOrEqualTo(-1);
        }
    }
}
