package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.ModelsAtHand;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated prompts through a real tokenizer and a real model: SmolLM2-135M does each task, and its answer changes with
 * the counterpart. Measured: logit differences 5.03 (IOI, 24 prompts), 7.26 (facts), 4.95 (docstring).
 */
class PromptsOfSmolLm2Test {
    @TempDir
    Path folder;

    @Test
    void itDoesEachTaskAndChangesItsAnswerWithTheCounterpart() {
        String yaml = """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  ioi: {generator: ioi, bos: none, rows: 24, seed: 1, templates: ["When {A} and {B} went to the store, {S} gave a drink to"]}
                  facts: {generator: facts, bos: none, rows: 32, seed: 1}
                  docstring: {generator: docstring, bos: none, rows: 12, seed: 1}
                metric:
                  difference: {logit-difference: {at: END, answers: first}}
                  preference: {preference: {at: END, answers: max}}
                measure:
                  ioi: {evaluate: [difference, preference], dataset: ioi}
                  ioi-corrupted: {evaluate: difference, dataset: ioi/corrupted}
                  facts: {evaluate: [difference, preference], dataset: facts}
                  facts-corrupted: {evaluate: difference, dataset: facts/corrupted}
                  docstring: {evaluate: [difference, preference], dataset: docstring}
                  docstring-corrupted: {evaluate: difference, dataset: docstring/corrupted}
                """.formatted(ModelsAtHand.folder("smollm2-135m-instruct"));
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            result = lab.result();
        }
        assertThat(number(result, "ioi.preference")).isEqualTo(1);
        assertThat(number(result, "ioi.difference")).isBetween(4.5, 5.5);
        assertThat(number(result, "ioi-corrupted")).isLessThan(-4);
        assertThat(number(result, "facts.preference")).isGreaterThan(0.9);
        assertThat(number(result, "facts.difference")).isGreaterThan(5);
        assertThat(number(result, "facts-corrupted")).isLessThan(-5);
        assertThat(number(result, "docstring.preference")).isGreaterThan(0.7);
        assertThat(number(result, "docstring.difference")).isGreaterThan(3);
        assertThat(number(result, "docstring-corrupted")).isLessThan(1);
    }

    private static double number(RunResult result, String name) {
        return Laboratory.numbers(result, name).value();
    }
}
