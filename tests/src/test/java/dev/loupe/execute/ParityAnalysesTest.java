package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Analyses of processed models against TransformerLens' numbers, through specs. */
class ParityAnalysesTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final String ALL = "[fold-ln, center-writing, center-unembed, fold-value-biases]";

    @TempDir
    Path folder;

    private RunResult run(String model, String processing, String rest) throws IOException {
        Files.copy(PARITY.resolve(model).resolve("analyses.safetensors"), folder.resolve("analyses.safetensors"));
        String yaml = """
                loupe: 1
                model: {folder: "%s", processing: %s}
                """.formatted(PARITY.resolve(model), processing) + rest;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private static void equal(NamedArray found, SafetensorsFile file, String name) {
        float[] wanted = file.tensor(name).floats();
        assertThat(found.data()).as(name).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found.data()[i]).as(name + " " + i).isEqualTo(wanted[i], within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void mulScoresOfHeads(String model) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(PARITY.resolve(model).resolve("analyses.safetensors"));
        RunResult result = run(model, model.equals("gpt2") ? ALL : "[fold-ln, center-unembed, fold-value-biases]", """
                dataset: {generator: tokens, file: analyses.safetensors, tensor: repeat_tokens}
                measure: {s: {head-scores: [MUL_PREV, MUL_DUP, MUL_IND]}}
                """);
        Map.of("MUL_PREV", "previous_token", "MUL_DUP", "duplicate_token", "MUL_IND", "induction")
                .forEach((score, name) -> equal(Laboratory.numbers(result, "s." + score), file, "heads/mul/" + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "corrupted"})
    void logitDifference(String rows) throws IOException {
        for (String model : new String[] {"gpt2", "llama-gqa"}) {
            SafetensorsFile file = SafetensorsFile.open(PARITY.resolve(model).resolve("analyses.safetensors"));
            String spec = """
                    loupe: 1
                    model: {folder: "%s"}
                    dataset: {generator: tokens, ids: %s, answer: %s, wrong: %s}
                    metric: logit-difference
                    """.formatted(
                            PARITY.resolve(model),
                            table(file.tensor(rows + "_tokens").longs(), 12),
                            table(file.tensor("answer").longs(), 2),
                            table(file.tensor("wrong").longs(), 2))
                    .replace("answer: [[", "answer: [")
                    .replace("wrong: [[", "wrong: [")
                    .replace("]], wrong", "], wrong")
                    .replace("]]}\nmetric", "]}\nmetric");
            double found = Laboratory.table(folder, spec, "result").estimate().value();
            assertThat(found).isEqualTo(file.tensor(rows + "_logit_diff").floats()[0], within(1e-4));
        }
    }

    private static String table(long[] ids, int width) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < ids.length; i++) {
            text.append(i % width == 0 ? (i == 0 ? "[" : ", [") : ", ").append(ids[i]);
            text.append(i % width == width - 1 ? "]" : "");
        }
        return text.append("]").toString();
    }

    /** TransformerLens 3.9: accumulated_resid(incl_mid=True, apply_ln=True), which takes each depth's own scale. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void logitLensWithTheScaleOfEachDepth(String model) throws IOException {
        double[] wanted = model.equals("gpt2")
                ? new double[] {-1.79686, -0.688111, 0.173782, -0.961369, -2.095372}
                : new double[] {0.454865, -1.788871, -0.958926, -2.006659, -1.845077};
        RunResult result = run(model, model.equals("gpt2") ? ALL : "[fold-ln, center-unembed, fold-value-biases]", """
                dataset: {generator: tokens, file: analyses.safetensors}
                measure: {lens: {logit-lens: END, scale: own}}
                """);
        assertThat(Laboratory.numbers(result, "lens").data()).containsExactly(wanted, within(1e-5));
    }

    @Test
    void compositionScores() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(PARITY.resolve("gpt2/analyses.safetensors"));
        RunResult result = run("gpt2", ALL, """
                dataset: {generator: tokens, ids: [[1, 2]]}
                measure: {c: {composition: [Q, K, V]}}
                """);
        for (String through : new String[] {"Q", "K", "V"}) {
            float[] wanted = file.tensor("composition/" + through).floats();
            double[] found = Laboratory.numbers(result, "c." + through).data();
            assertThat(found).hasSize(wanted.length);
            int pairs = 0;
            for (int i = 0; i < wanted.length; i++) {
                // Only an earlier layer composes with a later one; elsewhere the number is not defined.
                int from = i / 32;
                int to = i / 4 % 2;
                if (from < to) {
                    assertThat(found[i]).isEqualTo(wanted[i], within(1e-4));
                    pairs++;
                } else {
                    assertThat(found[i]).isNaN();
                }
            }
            assertThat(pairs).isEqualTo(16);
        }
    }
}
