package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples of planted neurons, whose meaning is known. */
class MaxActivatingTest {
    private static final Lexicon WORDS = Lexicon.ofAll();
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

    @Test
    void thePlantedPairIsWhatItsExamplesShow() {
        RunResult result = run(SPEC + """
                measure:
                  shown: {max-activating: mlp.post, neurons: [L0N1, L0N2], examples: 4, before: 3, after: 1, sample: {count: 480, seed: 1}}
                  values: {max-activating: mlp.post, neurons: [L0N1, L0N2], examples: 4, show: values, sample: {count: 480, seed: 1}}
                """);
        List<TokenText.Passage> shown = passages(result, "shown");
        assertThat(shown).hasSize(8);
        for (int i = 0; i < 4; i++) {
            TokenText.Passage passage = shown.get(i);
            assertThat(passage.label()).startsWith("L0N1, top " + (i + 1) + " of 4: 1 at token ");
            int at = peak(passage);
            assertThat(passage.tokens().get(at).id()).isEqualTo(WORDS.endings()[1]);
            assertThat(passage.tokens().get(at - 1).id()).isEqualTo(WORDS.stems()[1]);
            assertThat(passage.tokens().get(at).value()).isEqualTo(1, within(1e-4));
            // Three tokens before, one after; the model predicts every token alike there.
            assertThat(passage.tokens()).hasSizeLessThanOrEqualTo(5);
            assertThat(passage.tokens().get(0).logProbNext()).isEqualTo(-Math.log(WORDS.size()), within(1e-3));
        }
        for (int i = 4; i < 8; i++) {
            TokenText.Passage passage = shown.get(i);
            TokenText.Token token = passage.tokens().get(peak(passage));
            assertThat(token.id()).isEqualTo(WORDS.pairs().get(0)[1]);
            assertThat(token.top().get(0).text())
                    .isEqualTo(Integer.toString(WORDS.pairs().get(0)[2]));
            assertThat(token.top().get(0).probability())
                    .isEqualTo(Math.exp(8) / (Math.exp(8) + WORDS.size() - 1), within(1e-3));
            assertThat(token.top()).hasSize(5);
        }
        NamedArray values = Laboratory.numbers(result, "values");
        assertThat(values.axis("neuron").labels()).containsExactly("L0N1", "L0N2");
        assertThat(values.axis("example").size()).isEqualTo(4);
        for (double value : values.data()) {
            assertThat(value).isEqualTo(1, within(1e-4));
        }
    }

    private static int peak(TokenText.Passage passage) {
        int best = 0;
        for (int i = 1; i < passage.tokens().size(); i++) {
            best = passage.tokens().get(i).value() > passage.tokens().get(best).value() ? i : best;
        }
        return best;
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

    @Test
    void whatCannotBeIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> run(SPEC + """
                measure:
                  a: {max-activating: mlp.post, neurons: [L0N99], sample: {count: 480, seed: 1}}
                  b: {max-activating: mlp.post, neurons: [L0N1], strata: [0.9, 0.5], sample: {count: 480, seed: 1}}
                  c: {max-activating: mlp.post, neurons: [L0N1], show: values, lowest: 3, sample: {count: 480, seed: 1}}
                  d: {max-activating: resid_post, neurons: [L0N1], sample: {count: 480, seed: 1}}
                  e: {max-activating: mlp.post, sample: {count: 480, seed: 1}}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("L0N99 does not exist")
                .hasMessageContaining("ascending, not [0.9, 0.5]")
                .hasMessageContaining("`lowest` would have no effect")
                .hasMessageContaining("`resid_post` has no neurons")
                .hasMessageContaining("one of the three");
    }
}
