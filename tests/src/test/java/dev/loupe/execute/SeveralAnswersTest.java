package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with two answers and three wrong ones, from a file in auto-circuit's form. */
class SeveralAnswersTest {
    private static final String PROMPTS = """
            {"prompts": [
              {"clean": [1, 2, 3], "corrupt": [1, 4, 3], "answers": [5, 6], "wrong_answers": [7, 8, 9]},
              {"clean": [11, 2, 3], "corrupt": [11, 4, 3], "answers": [4, 10], "wrong_answers": [6, 1, 0]}]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("p.json"), PROMPTS);
    }

    private RunResult run(String model, String rest) {
        try (Laboratory lab = lab(model, rest)) {
            return lab.result();
        }
    }

    private Laboratory lab(String model, String rest) {
        return new Laboratory(
                folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {sets: {generator: prompts, file: p.json, bos: none}}
                """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/" + model)) + rest);
    }

    /** transformers 5.24 in float64: mean minus mean as auto-circuit's answer difference, first minus first, largest minus largest; -log of the summed and mean -log probability; difference of summed probabilities. */
    @ParameterizedTest
    @CsvSource({
        "llama-gqa, -.367576, 1.652789, -.945134, 4.000785, 5.325512, -.003343",
        "gpt2, 1.079593, .377195, 1.420618, 3.607537, 5.057103, .032911"
    })
    void valuesAreThoseOfTransformers(
            String model, double mean, double first, double max, double sumLoss, double meanLoss, double difference) {
        RunResult result = run(model, """
                metric:
                  mean: {logit-difference: {at: END, answers: mean}}
                  first: {logit-difference: {at: END, answers: first}}
                  max: {logit-difference: {at: END, answers: max}}
                  sum-loss: {loss: {at: answer, answers: sum}}
                  mean-loss: {loss: {at: answer, answers: mean}}
                  difference: probability-difference
                measure: {m: {evaluate: [mean, first, max, sum-loss, mean-loss, difference]}, alone: {evaluate: mean}}
                """);
        assertThat(value(result, "m.mean")).isEqualTo(mean, within(1e-5));
        // Alone it is read from logits of these ids only.
        assertThat(value(result, "alone")).isEqualTo(mean, within(1e-5));
        assertThat(value(result, "m.first")).isEqualTo(first, within(1e-5));
        assertThat(value(result, "m.max")).isEqualTo(max, within(1e-5));
        assertThat(value(result, "m.sum-loss")).isEqualTo(sumLoss, within(1e-5));
        assertThat(value(result, "m.mean-loss")).isEqualTo(meanLoss, within(1e-5));
        assertThat(value(result, "m.difference")).isEqualTo(difference, within(1e-5));
        assertThat(result.artifacts())
                .filteredOn(a -> a instanceof Quantity q && q.name().equals("alone"))
                .allSatisfy(
                        a -> assertThat(((Quantity) a).doc())
                                .startsWith(
                                        "mean over rows of (mean of logit[END, answers]) - (mean of logit[END, wrong answers])"));
    }

    private static double value(RunResult result, String name) {
        return Laboratory.numbers(result, name).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "max", "first"})
    void attributionTakesTheSameDifferenceApart(String how) {
        RunResult result = run("gpt2", """
                metric: {ld: {logit-difference: {at: END, answers: %1$s}}}
                measure:
                  ld: {evaluate: ld}
                  parts: {direct-attribution: END, answers: %1$s}
                  neurons: {direct-attribution: END, by: neurons, answers: %1$s}
                  heads: {head-attribution: END, answers: %1$s}
                  lens: {logit-lens: END, answers: %1$s}
                  last: {attribution-patching: unembed.in, at: END, read: ld, recheck: 1}
                """.formatted(how));
        NamedArray parts = Laboratory.numbers(result, "parts");
        assertThat(Arrays.stream(parts.data()).sum()).isEqualTo(value(result, "ld"), within(1e-4));
        NamedArray heads = Laboratory.numbers(result, "heads");
        for (int i = 0; i < heads.data().length; i++) {
            assertThat(heads.data()[i]).isEqualTo(parts.data()[i], within(1e-5));
        }
        NamedArray lens = Laboratory.numbers(result, "lens");
        double constant = parts.data()[parts.data().length - 1];
        assertThat(lens.data()[lens.data().length - 1] + constant).isEqualTo(value(result, "ld"), within(1e-4));
        if (!how.equals("max")) {
            // Linear in the last activation: the gradient tells the whole change.
            assertThat(value(result, "last.estimate")).isEqualTo(value(result, "last.exact"), within(1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "metric: {x: logit-difference}; evaluate: x; the logit difference at END",
                "metric: {x: preference}; evaluate: x; the preference at END",
                "metric: {x: {loss: {at: answer}}}; evaluate: x; the loss at answer",
                "metric: {x: {loss: {at: everywhere}}}; evaluate: x; the loss at everywhere",
                "metric: {x: {accuracy: {at: END}}}; evaluate: x; the accuracy at END",
                "metric: {x: probability}; direct-attribution: END; the direct attribution at END",
                "metric: {x: probability}; direct-attribution: END, by: neurons; the direct attribution of neurons at END",
                "metric: {x: probability}; head-attribution: END; the attribution of heads at END",
                "metric: {x: probability}; logit-lens: END; the logit lens at END",
                "metric: {x: logit-difference}; attribution-patching: attn.z, over: [layer, head], from: corrupted, read: x; the logit difference at END"
            })
    void nothingReadsOneOfSeveralSilently(String metric, String measure, String reader) {
        assertThatThrownBy(() -> lab("gpt2", metric + "\nmeasure: {m: {" + measure + "}}\n"))
                .hasMessageContaining("row 0 of dataset `sets` has 2 answers (`5`, `6`)")
                .hasMessageContaining("what " + reader + " reads of several")
                .hasMessageContaining("`answers: max`");
    }

    @Test
    void aSumOfLogitsIsRefusedWhereItIsWritten() {
        assertThatThrownBy(() -> lab("gpt2", """
                        metric: {x: {logit-difference: {at: END, answers: sum}}}
                        measure: {m: {evaluate: x}, d: {direct-attribution: END, answers: sum}}
                        """))
                .hasMessageContaining("spec.yaml:4:")
                .hasMessageContaining("spec.yaml:5:")
                .hasMessageContaining("would add up logits");
    }

    @Test
    void aTokenThatTakesAnothersPlaceIsOne() {
        assertThatThrownBy(() -> lab("gpt2", """
                        intervention: {swap: {replace-token: END, by-column: wrong}}
                        metric: {x: probability}
                        measure: {m: {apply: swap, read: x}}
                        """))
                .hasMessageContaining("`by-column: wrong` needs one token for each row, but row 0 has 3");
    }
}
