package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.resolve.Specs;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text around examples of planted neurons. */
class ReadExamplesTest {
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
    }

    @ParameterizedTest
    @CsvSource({"gpt2, ''", "gpt2, loss", "gemma3, ''", "gemma3, loss", "llama-gqa, loss"})
    void activationsOfTheScanAreThoseOfRowsThatRunAgain(String model, String also) {
        String spec = """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[1, 2, 3, 5], [4, 5, 6, 5, 9], [9, 2, 8, 5], [3, 3, 1, 5, 2], [2, 4, 8, 5]]}
                measure:
                  text: {max-activating: mlp.post, neurons: [L0N3, L1N5], examples: 3, lowest: 2, sample: {count: 40, seed: 1}}
                """.formatted(
                        Specs.HOME.resolve("tests/src/test/resources/parity").resolve(model))
                + (also.isEmpty() ? "" : "  also: {evaluate: loss}\nmetric: {loss: loss}\n");
        try (Laboratory lab = new Laboratory(folder, spec)) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            ExecutionPlan again = new ExecutionPlan(
                    plan.steps().stream().map(ReadExamplesTest::runningAgain).toList(), plan.outputs());
            assertThat(again).isNotEqualTo(plan);
            StepValue.Text known = (StepValue.Text) requireNonNull(lab.run(plan).get("text"));
            StepValue.Text ran = (StepValue.Text) requireNonNull(lab.run(again).get("text"));
            assertThat(known.rows()).hasSameSizeAs(ran.rows()).hasSize(10);
            for (int i = 0; i < known.rows().size(); i++) {
                StepValue.Text.Row one = known.rows().get(i);
                StepValue.Text.Row other = ran.rows().get(i);
                assertThat(one.label()).isEqualTo(other.label());
                assertThat(one.tokens()).isEqualTo(other.tokens());
                assertThat(one.value()).containsExactly(other.value(), within(1e-6));
                assertThat(one.logProbNext()).containsExactly(other.logProbNext(), within(1e-6));
            }
        }
    }

    private static PlanStep runningAgain(PlanStep step) {
        return step instanceof ReadExamples read
                ? new ReadExamples(
                        read.id(),
                        read.load(),
                        read.model(),
                        read.rows(),
                        read.examples(),
                        read.examples(),
                        read.most(),
                        read.site(),
                        read.neurons(),
                        read.before(),
                        read.after())
                : step;
    }

    private static int peak(TokenText.Passage passage) {
        int best = 0;
        for (int i = 1; i < passage.tokens().size(); i++) {
            best = passage.tokens().get(i).value() > passage.tokens().get(best).value() ? i : best;
        }
        return best;
    }
}
