package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPattern;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lens read by metrics, against the metric of the model itself and against logits made here from recorded activations. */
class LogitLensTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final int[][] ROWS = {{1, 5, 9, 2, 17}, {3, 3, 8, 1, 4}, {7, 1, 2, 6, 6}};

    @TempDir
    Path folder;

    private RunResult run(String model, String measure) {
        // That model has three positions.
        int length = model.equals("tl-relu-no-norm") ? 3 : 5;
        int[][] rows =
                Arrays.stream(ROWS).map(row -> Arrays.copyOf(row, length)).toArray(int[][]::new);
        try (Laboratory lab = new Laboratory(
                folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s, answer: [4, 5, 6], wrong: [5, 4, 3]}
                metric:
                  loss: loss
                  hits: accuracy
                  set: {probability: {answer: {ids: [4, 5, 11]}}}
                  log: {log-probability: {answer: {ids: [4, 5, 11]}}}
                  difference: logit-difference
                measure:
                """.formatted(PARITY.resolve(model), Arrays.deepToString(rows)) + measure.indent(2))) {
            return lab.result();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2",
                "gpt-neox",
                "gptj",
                "opt",
                "llama-gqa",
                "gemma2",
                "gemma3-scaled",
                "olmo2",
                "phi3",
                "qwen3-biased",
                "tl-solu",
                "tl-attn-only",
                "tl-relu-no-norm"
            })
    void theLastDepthIsTheModelItself(String model) {
        RunResult result = run(model, """
                own: {logit-lens: everywhere, read: [loss, hits]}
                held: {logit-lens: everywhere, read: loss, scale: held}
                whole: {evaluate: [loss, hits]}
                answers-own: {logit-lens: END, read: [set, log, difference]}
                answers-held: {logit-lens: END, read: [set, difference], scale: held}
                answers: {evaluate: [set, log, difference]}
                """);
        for (String metric : new String[] {"loss", "hits"}) {
            same(result, "own." + metric, "whole." + metric);
        }
        same(result, "held", "whole.loss");
        for (String metric : new String[] {"set", "log", "difference"}) {
            same(result, "answers-own." + metric, "answers." + metric);
        }
        same(result, "answers-held.set", "answers.set");
        same(result, "answers-held.difference", "answers.difference");
        NamedArray own = Laboratory.numbers(result, "own.loss");
        assertThat(own.axis("depth").labels()).startsWith("0_pre").endsWith("final_post");
        assertThat(Math.abs(own.data()[0] - own.data()[own.data().length - 1])).isGreaterThan(1e-3);
    }

    private static void same(RunResult result, String lens, String whole) {
        double[] depths = Laboratory.numbers(result, lens).data();
        assertThat(depths[depths.length - 1])
                .as(lens)
                .isEqualTo(Laboratory.numbers(result, whole).value(), within(1e-5));
    }

    /** Final norm and unembedding of GPT-2 in double precision, from the file's weights and the recorded residual stream. */
    @ParameterizedTest
    @CsvSource({"own", "held"})
    void everyDepthIsTheNormAndTheUnembeddingOfTheStreamThere(String scale) throws IOException {
        RunResult result = run("gpt2", """
                lens: {logit-lens: everywhere, read: loss, per: position, scale: %1$s}
                pooled: {logit-lens: everywhere, read: loss, scale: %1$s}
                set: {logit-lens: END, read: set, scale: %1$s}
                last: {logit-lens: answer, read: {loss: {at: answer}}, per: position, scale: %1$s}
                """.formatted(scale));
        NamedArray lens = Laboratory.numbers(result, "lens");
        assertThat(NamedArray.describe(lens.axes())).isEqualTo("[depth 5, pos 5]");
        List<String> hooks = List.of(
                "blocks.0.hook_resid_pre",
                "blocks.0.hook_resid_mid",
                "blocks.1.hook_resid_pre",
                "blocks.1.hook_resid_mid",
                "blocks.1.hook_resid_post");
        float[] end = recorded("blocks.1.hook_resid_post");
        for (int d = 0; d < hooks.size(); d++) {
            float[] stream = recorded(hooks.get(d));
            double whole = 0;
            for (int pos = 0; pos < 5; pos++) {
                double loss = 0;
                for (int row = 0; row < 3; row++) {
                    double[] p = probabilities(stream, scale.equals("own") ? stream : end, row, pos);
                    loss -= Math.log(p[pos < 4 ? ROWS[row][pos + 1] : 4 + row]) / 3;
                }
                assertThat(lens.data()[d * 5 + pos]).isEqualTo(loss, within(2e-5));
                whole += loss / 5;
            }
            double[] last = Laboratory.numbers(result, "last").data();
            assertThat(last[d * 5 + 3]).as("nothing is asked there").isNaN();
            assertThat(last[d * 5 + 4]).isEqualTo(lens.data()[d * 5 + 4], within(1e-6));
            assertThat(Laboratory.numbers(result, "pooled").data()[d]).isEqualTo(whole, within(2e-5));
            double set = 0;
            for (int row = 0; row < 3; row++) {
                double[] p = probabilities(stream, scale.equals("own") ? stream : end, row, 4);
                set += (p[4] + p[5] + p[11]) / 3;
            }
            assertThat(Laboratory.numbers(result, "set").data()[d]).isEqualTo(set, within(1e-6));
        }
    }

    private float[] recorded(String hook) throws IOException {
        Path to = folder.resolve("trace.safetensors");
        try (NDManager manager = Backend.cpu()) {
            new Trace(PARITY.resolve("gpt2"), ROWS, Set.of(), List.of(new HookPattern(hook))).write(to, manager);
        }
        return SafetensorsFile.open(to).tensor(hook).floats();
    }

    private double[] probabilities(float[] stream, float[] scaleOf, int row, int pos) {
        SafetensorsFile file = SafetensorsFile.open(PARITY.resolve("gpt2/model.safetensors"));
        float[] gain = file.tensor("transformer.ln_f.weight").floats();
        float[] bias = file.tensor("transformer.ln_f.bias").floats();
        float[] embedding = file.tensor("transformer.wte.weight").floats();
        int width = gain.length;
        int from = (row * 5 + pos) * width;
        double mean = mean(stream, from, width);
        double[] logits = new double[embedding.length / width];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            for (int i = 0; i < width; i++) {
                double x = (stream[from + i] - mean) / deviation(scaleOf, from, width) * gain[i] + bias[i];
                logits[id] += x * embedding[id * width + i];
            }
            sum += Math.exp(logits[id]);
        }
        double all = sum;
        return Arrays.stream(logits).map(x -> Math.exp(x) / all).toArray();
    }

    private static double mean(float[] values, int from, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += values[from + i];
        }
        return sum / width;
    }

    private static double deviation(float[] values, int from, int width) {
        double mean = mean(values, from, width);
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (values[from + i] - mean) * (values[from + i] - mean);
        }
        return Math.sqrt(sum / width + 1e-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{logit-lens: END, read: loss} | write `logit-lens: everywhere`",
                "{logit-lens: END, read: {activation: mlp.post, neurons: [L0N1]}} | reads no logits",
                "{logit-lens: END, read: set, answers: mean} | leave `answers` out here",
                "{logit-lens: END, per: position} | it has an effect only with `read`",
            })
    void whatALensCannotReadIsRefused(String measurement, String said) {
        assertThatThrownBy(() -> run("gpt2", "lens: " + measurement))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }

    @Test
    void thePageHasTheMetricsUnitAndTheLensInItsFormula() {
        RunResult result = run("gpt2", "lens: {logit-lens: END, read: set}\n");
        Quantity quantity = (Quantity) result.artifacts().get(0);
        assertThat(quantity.unit()).isEqualTo("probability");
        assertThat(quantity.doc())
                .startsWith("mean over rows of (sum of p[END, token 4 or 5 or 11]), of the logits that the final norm");
    }
}
