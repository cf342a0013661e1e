package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores from thin factors, against the norms of the whole matrices. */
class CompositionTest {
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    private RunResult run() {
        StringBuilder heads = new StringBuilder();
        for (int i = 0; i < LAYERS * HEADS; i++) {
            heads.append(i == 0 ? "" : ", ").append("L" + i / HEADS + "H" + i % HEADS);
        }
        String yaml = """
                loupe: 1
                model: {folder: %s}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure:
                  c: {composition: [Q, K, V]}
                  q: {weights: W_Q, heads: [%s]}
                  k: {weights: W_K, heads: [%s]}
                  v: {weights: W_V, heads: [%s]}
                  o: {weights: W_O, heads: [%s]}
                """.formatted(GPT2, heads, heads, heads, heads);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private static SimpleMatrix matrix(RunResult result, String name, int layer, int head) {
        NamedArray one = Laboratory.numbers(result, name).at("weight_head", layer * HEADS + head);
        return new SimpleMatrix(one.axes().get(0).size(), one.axes().get(1).size(), true, one.data());
    }

    @Test
    void itIsTheNormOfTheProductOverTheProductOfTheNorms() {
        RunResult result = run();
        String[] through = {"Q", "K", "V"};
        for (int t = 0; t < through.length; t++) {
            NamedArray scores = Laboratory.numbers(result, "c." + through[t]);
            for (int a = 0; a < HEADS; a++) {
                SimpleMatrix early = matrix(result, "v", 0, a).mult(matrix(result, "o", 0, a));
                for (int b = 0; b < HEADS; b++) {
                    SimpleMatrix qk = matrix(result, "q", 1, b)
                            .mult(matrix(result, "k", 1, b).transpose());
                    SimpleMatrix late = t == 0
                            ? qk
                            : t == 1
                                    ? qk.transpose()
                                    : matrix(result, "v", 1, b).mult(matrix(result, "o", 1, b));
                    double wanted = early.mult(late).normF() / (early.normF() * late.normF());
                    double found = scores.at("layer", 0)
                            .at("head", a)
                            .at("to_layer", 1)
                            .at("to_head", b)
                            .value();
                    assertThat(found).as(through[t] + " " + a + " " + b).isEqualTo(wanted, within(1e-5));
                }
            }
            assertThat(scores.at("layer", 0).at("to_layer", 0).data()).containsOnly(Double.NaN);
            assertThat(scores.at("layer", 1).data()).containsOnly(Double.NaN);
        }
    }
}
