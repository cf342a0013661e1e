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
                .hasMessageContaining("one of the four");
    }
}
