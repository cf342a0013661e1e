package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ties, equal documents and strata. */
class ChooseExamplesTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 20, seed: 3}
            dataset: {generator: planted-language, rows: 600, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static List<TokenText.Passage> passages(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(a -> a instanceof TokenText text && text.name().equals(name))
                .map(a -> ((TokenText) a).passages())
                .findFirst()
                .orElseThrow();
    }

    /** Row 2 repeats row 0, row 3 ties with it, and the largest value of row 1 is at its second place. */
    @Test
    void equalDocumentsCountOnceAndTheEarlierOfEqualsComesFirst() {
        RunResult result = run("""
                loupe: 1
                model: {plant: scale-hub, vocabulary: 16, seed: 2}
                dataset: {generator: tokens, ids: [[3, 4, 5, 7], [3, 8, 4, 9], [3, 4, 5, 7], [6, 4, 5, 5], [1, 2, 3, 1]]}
                measure:
                  shown: {max-activating: mlp.post, neurons: [L0N4], examples: 4, lowest: 2, sample: {count: 40, seed: 1}}
                """);
        assertThat(passages(result, "shown").stream().map(TokenText.Passage::label))
                .containsExactly(
                        "L0N4, top 1 of 4: 1 at token 1 of row 0",
                        "L0N4, top 2 of 4: 1 at token 2 of row 1",
                        "L0N4, top 3 of 4: 1 at token 1 of row 3",
                        "L0N4, top 4 of 4: 0 at token 1 of row 4",
                        "L0N4, lowest 1 of 2: 0 at token 2 of row 0",
                        "L0N4, lowest 2 of 2: 0 at token 1 of row 1");
    }

    /** The neuron is the distance to earlier copies less one half: zero at most tokens, so that the median is its smallest. */
    @Test
    void strataAreQuantilesOfTheSample() {
        RunResult result = run(SPEC + """
                measure:
                  shown: {max-activating: mlp.post, neurons: [L0N4], examples: 1, strata: [0.7, 0.9], per-stratum: 3, random: 4, sample: {count: 1200, seed: 1}}
                """);
        List<TokenText.Passage> shown = passages(result, "shown");
        double[] highest = new double[3];
        double[] lowest = {1e9, 1e9, 1e9};
        for (TokenText.Passage passage : shown.subList(1, 10)) {
            int stratum = passage.label().contains("below quantile 0.7")
                    ? 0
                    : passage.label().contains("quantiles 0.7 to 0.9") ? 1 : 2;
            assertThat(passage.label())
                    .contains(
                            new String[] {"below quantile 0.7", "quantiles 0.7 to 0.9", "from quantile 0.9"}[stratum]);
            int pos = Integer.parseInt(passage.label().replaceAll(".*at token (\\d+) .*", "$1"));
            int at = Math.min(pos, 16);
            double value = passage.tokens().get(at).value();
            highest[stratum] = Math.max(highest[stratum], value);
            lowest[stratum] = Math.min(lowest[stratum], value);
        }
        assertThat(highest[0]).isLessThanOrEqualTo(lowest[1]);
        assertThat(highest[1]).isLessThanOrEqualTo(lowest[2]);
        assertThat(lowest[2]).isGreaterThan(highest[0]);
        assertThat(shown).hasSize(14);
        assertThat(shown.get(13).label()).startsWith("L0N4, random 4 of 4: ");
    }
}
