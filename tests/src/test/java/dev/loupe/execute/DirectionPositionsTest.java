package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.edit.DifferenceParts;
import dev.loupe.hook.HookPattern;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.weights.Processing;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over which positions the means of a direction are taken, against means taken here from recorded activations. */
class DirectionPositionsTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final int[][] TOWARD = {{5, 9, 23, 2, 17}, {1, 2, 3, 4, 5}};
    private static final int[][] AWAY = {{7, 9, 1, 2, 6, 8, 20}};

    @TempDir
    Path folder;

    private String head(Path model) {
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  toward: {generator: tokens, ids: %s, answer: [4, 5], wrong: [5, 4]}
                  away: {generator: tokens, ids: %s, answer: [4], wrong: [5]}
                metric: {difference: {logit-difference: {at: END}}}
                """.formatted(model, Arrays.deepToString(TOWARD), Arrays.deepToString(AWAY));
    }

    private static float[] recorded(Path model, Path to, int[][] tokens, String hook) throws IOException {
        try (NDManager manager = Backend.cpu()) {
            new Trace(model, tokens, Processing.ofTransformerLens(), List.of(new HookPattern(hook))).write(to, manager);
        }
        return SafetensorsFile.open(to).tensor(hook).floats();
    }

    /** The mean over rows and kept positions of an activation [row, pos, d]. */
    private static double[] mean(float[] values, int[][] tokens, IntPredicate kept) {
        int width = values.length / (tokens.length * tokens[0].length);
        double[] sum = new double[width];
        int count = 0;
        for (int at = 0; at < values.length / width; at++) {
            if (kept.test(at % tokens[0].length)) {
                count++;
                for (int i = 0; i < width; i++) {
                    sum[i] += values[at * width + i];
                }
            }
        }
        double divisor = count;
        return Arrays.stream(sum).map(x -> x / divisor).toArray();
    }

    private float[] direction(Path model, String hook, IntPredicate toward, IntPredicate away) throws IOException {
        double[] one = mean(recorded(model, folder.resolve("t.safetensors"), TOWARD, hook), TOWARD, toward);
        double[] other = mean(recorded(model, folder.resolve("a.safetensors"), AWAY, hook), AWAY, away);
        float[] direction = new float[one.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) (one[i] - other[i]);
        }
        return direction;
    }

    @Test
    void onlyTheChosenPositionsCount() throws IOException {
        String hook = "blocks.1.hook_resid_pre";
        float[] all = direction(GPT2, hook, pos -> true, pos -> true);
        float[] later = direction(GPT2, hook, pos -> pos > 0, pos -> pos > 0);
        float[] last = direction(GPT2, hook, pos -> pos == 4, pos -> pos == 6);
        float[] some = direction(GPT2, hook, pos -> pos == 1 || pos == 3, pos -> pos == 1 || pos == 3);
        new SafetensorsWriter()
                .floats("all", new long[] {all.length}, all)
                .floats("later", new long[] {all.length}, later)
                .floats("last", new long[] {all.length}, last)
                .floats("some", new long[] {all.length}, some)
                .write(folder.resolve("d.safetensors"));
        StringBuilder steers = new StringBuilder();
        StringBuilder reads = new StringBuilder();
        Map<String, String> options = Map.of(
                "all", "", "later", ", exclude: 0", "last", ", at: END", "some", ", at: 1..3, exclude: [2, END]");
        options.forEach((name, option) -> {
            steers.append("""
                      %1$s: {steer: resid_pre, layer: 1, along: {difference: {toward: toward, away: away%2$s}}}
                      by-hand-%1$s: {steer: resid_pre, layer: 1, along: {tensor: {file: d.safetensors, name: %1$s}}}
                    """.formatted(name, option));
            reads.append("""
                      %1$s: {apply: %1$s, read: difference, dataset: away}
                      by-hand-%1$s: {apply: by-hand-%1$s, read: difference, dataset: away}
                    """.formatted(name));
        });
        String spec = head(GPT2) + "intervention:\n" + steers + "measure:\n" + reads;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            Map<String, StepValue> values = lab.run(lab.plan());
            for (String name : options.keySet()) {
                assertThat(value(values, name)).as(name).isEqualTo(value(values, "by-hand-" + name), within(1e-5));
            }
            assertThat(value(values, "later")).isNotCloseTo(value(values, "all"), within(1e-4));
            assertThat(value(values, "last")).isNotCloseTo(value(values, "later"), within(1e-4));
        }
    }

    private static double[] numbers(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(artifact -> artifact.name().equals(name))
                .map(artifact -> ((Quantity) artifact).estimate().data())
                .findFirst()
                .orElseThrow();
    }

    private static double value(Map<String, StepValue> values, String name) {
        return Laboratory.table(values.get(name)).estimate().value();
    }

    @Test
    void nothingLeftAndUnknownNamesAreRefused() {
        for (String fault : List.of("exclude: 0..6", "exclude: everywhere", "at: [everywhere, END]", "at: nowhere")) {
            String spec = head(GPT2) + """
                    intervention:
                      s: {steer: resid_pre, layer: 1, along: {difference: {toward: toward, away: away, %s}}}
                    measure:
                      s: {apply: s, read: difference, dataset: away}
                    """.formatted(fault);
            assertThatThrownBy(() -> new Laboratory(folder, spec).close())
                    .as(fault)
                    .hasMessageContaining("spec.yaml:")
                    .hasMessageMatching(
                            "(?s).*(no position|cannot be combined with others|named position `nowhere`).*");
        }
    }

    /** Parts (3, 0) - (0, 1) = (3, -1) and (0, 2): the direction is (3, 1), of which they hold 8/10 and 2/10. */
    @Test
    void theSharesOfPositionsSumToOne() {
        DifferenceParts parts = new DifferenceParts(
                new StepValue.Activation(new long[] {2, 2}, new float[] {3, 0, 0, 2}),
                new StepValue.Activation(new long[] {1, 2}, new float[] {0, 1}));
        assertThat(parts.sum()).containsExactly(3, 1);
        assertThat(parts.shares()).containsExactly(new double[] {.8, .2}, within(1e-12));
    }

    /** At layer 0 a position has its token alone, so that END of both datasets is the same there. */
    @Test
    void whereBothMeansAreEqualThereIsNoDirection() throws IOException {
        String toward = "[[5, 9, 23, 2, 17], [1, 2, 3, 4, 17]]";
        String spec = head(GPT2)
                        .replace(Arrays.deepToString(TOWARD), toward)
                        .replace(Arrays.deepToString(AWAY), "[[7, 9, 1, 2, 17], [8, 6, 3, 4, 17]]")
                        .replace("answer: [4], wrong: [5]", "answer: [4, 5], wrong: [5, 4]")
                        .replace("metric: {difference: {logit-difference: {at: END}}}", """
                metric:
                  difference: {logit-difference: {at: END}}
                  read0: {activation: resid_pre, layer: 0, at: END, along: *d}
                  read1: {activation: resid_pre, layer: 1, at: END, along: *d}""")
                + """
                intervention:
                  add: {steer: resid_pre, at: END, along: *d}
                  clamp: {steer: resid_pre, at: END, along: *d, mode: clamp, by: 9}
                  out: {steer: resid_pre, at: END, along: *d, mode: project-out}
                  zero: {ablate: resid_pre, at: END, along: *d, over: [layer]}
                measure:
                  none: {evaluate: difference, dataset: away}
                  add: {apply: add, read: difference, dataset: away}
                  clamp: {apply: clamp, read: difference, dataset: away}
                  out: {apply: out, read: difference, dataset: away}
                  zero: {apply: zero, read: difference, dataset: away}
                  read0: {evaluate: read0, dataset: away}
                  read1: {evaluate: read1, dataset: away}
                """;
        spec = spec.replace("*d", "{difference: {toward: toward, away: away, at: END}}");
        try (Laboratory lab = new Laboratory(folder, spec)) {
            RunResult result = lab.result();
            double none = numbers(result, "none")[0];
            for (String name : List.of("add", "clamp", "out", "zero")) {
                double[] layers = numbers(result, name);
                assertThat(layers[0]).as(name).isEqualTo(none, within(1e-6));
                assertThat(layers[1]).as(name).isNotCloseTo(none, within(1e-4));
                assertThat(result.extra().get(RunResult.NOTICE + name))
                        .as(name)
                        .contains("equal at `blocks.0.hook_resid_pre`", "nothing is edited there")
                        .doesNotContain("blocks.1.hook_resid_pre`, so");
            }
            assertThat(numbers(result, "read0")[0]).isNaN();
            assertThat(numbers(result, "read1")[0]).isFinite();
        }
    }

    @Test
    void whereOnePositionIsMostOfADirectionTheRunSaysSo() throws IOException {
        String named = System.getenv("LOUPE_MODELS");
        Path model = named == null ? Path.of("none") : Path.of(named).resolve("smollm2-135m-instruct");
        Assumptions.assumeTrue(
                Files.isDirectory(model),
                "no smollm2-135m-instruct below LOUPE_MODELS: the attention sink is not seen");
        // Ordinary words; ids below 17 are special tokens, which draw attention to themselves.
        String spec = head(model)
                        .replace(
                                Arrays.deepToString(TOWARD),
                                "[[1042, 2365, 314, 260, 3575], [2013, 540, 4107, 281, 967]]")
                        .replace(Arrays.deepToString(AWAY), "[[1042, 540, 314, 260, 967, 4107, 281]]")
                + """
                intervention:
                  whole: {steer: resid_pre, layer: 15, along: {difference: {toward: toward, away: away}}}
                  without: {steer: resid_pre, layer: 15, along: {difference: {toward: toward, away: away, exclude: 0}}}
                measure:
                  whole: {apply: whole, read: difference, dataset: away}
                  without: {apply: without, read: difference, dataset: away}
                """;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            RunResult result = lab.result();
            String notice = result.extra().get(RunResult.NOTICE + "whole");
            assertThat(notice).contains("position 0 holds", "blocks.15.hook_resid_pre", "`exclude: [0]`");
            assertThat(result.extra()).doesNotContainKey(RunResult.NOTICE + "without");
            assertThat(result.artifacts()).anySatisfy(a -> assertThat(a.doc()).contains("Notice: " + notice));
        }
    }
}
