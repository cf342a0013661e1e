package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.ModelsAtHand;
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

    /** Rotary positions are relative: the last tokens alone give what they give in their places with the others hidden. */
    @Test
    void windowsThatAreFilledUpAndRunTogetherGiveWhatWholeRowsWithTheOthersHiddenGive() {
        Path model = ModelsAtHand.folder("stories260k");
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: random-tokens, length: 20, rows: 40, seed: 4}
                measure:
                  reset: {shortest-context: mlp.post, neurons: [L0N3, L2N5, L4N20], examples: 6, keep: [0.3, 0.5, 0.8], most: 12, sample: {seed: 1}}
                  kept: {shortest-context: mlp.post, neurons: [L0N3, L2N5, L4N20], examples: 6, keep: [0.3, 0.5, 0.8], most: 12, positions: kept, sample: {seed: 1}}
                """.formatted(model))) {
            result = lab.result();
        }
        for (String part : new String[] {"tokens", "reached"}) {
            assertThat(Laboratory.numbers(result, "reset." + part).data())
                    .containsExactly(Laboratory.numbers(result, "kept." + part).data(), within(1e-9));
        }
        double[] tokens = Laboratory.numbers(result, "reset.tokens").data();
        assertThat(Arrays.stream(tokens).distinct().count()).isGreaterThan(3);
    }
}
