package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionPatchingTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path folder;

    private Laboratory lab(String model, String rest) throws IOException {
        Files.copy(
                PARITY.resolve(model).resolve("analyses.safetensors"),
                folder.resolve("analyses.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, file: analyses.safetensors}
                metric: {logit-difference: {at: END}}
                """.formatted(PARITY.resolve(model)) + rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void recheckedCellsAreWhatPatchingGives(String model) throws IOException {
        RunResult result;
        try (Laboratory lab = lab(model, """
                intervention: {z: {patch: attn.z, over: [layer, head], from: corrupted}}
                measure:
                  screen: {attribution-patching: attn.z, over: [layer, head], from: corrupted, recheck: 3}
                  alone: {attribution-patching: attn.z, over: [layer, head], from: corrupted}
                  all: {attribution-patching: attn.z, over: [layer, head], from: corrupted, recheck: 100, show: agreement}
                  swept: {apply: z, read: default}
                  clean: {evaluate: default}
                """)) {
            result = lab.result();
        }
        double[] estimate = Laboratory.numbers(result, "screen.estimate").data();
        double[] exact = Laboratory.numbers(result, "screen.exact").data();
        double[] swept = Laboratory.numbers(result, "swept").data();
        double clean = Laboratory.numbers(result, "clean").value();
        assertThat(Laboratory.numbers(result, "alone").data()).containsExactly(estimate);
        List<Integer> largest = IntStream.range(0, estimate.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(estimate[i])))
                .toList();
        for (int i = 0; i < exact.length; i++) {
            if (largest.indexOf(i) < 3) {
                assertThat(exact[i]).isEqualTo(swept[i] - clean, within(1e-5));
            } else {
                assertThat(exact[i]).isNaN();
            }
        }
        NamedArray agreement = Laboratory.numbers(result, "all");
        assertThat(agreement.axis("agreement").labels())
                .containsExactly("cells run", "rank correlation", "same sign", "top-10 overlap");
        assertThat(agreement.data()[0]).isEqualTo(estimate.length);
        double same = IntStream.range(0, swept.length)
                        .filter(i -> Math.signum(swept[i] - clean) == Math.signum(estimate[i]))
                        .count()
                / (double) swept.length;
        assertThat(agreement.data()[2]).isEqualTo(same, within(1e-12));
        // Only 8 cells: that 10 of them are the largest 10 would say nothing.
        assertThat(agreement.data()[3]).isNaN();
    }

    @Test
    void isExactWhereTheMetricIsLinear() throws IOException {
        RunResult result;
        try (Laboratory lab = lab("gpt2", """
                measure:
                  last: {attribution-patching: unembed.in, at: END, recheck: 1}
                """)) {
            result = lab.result();
        }
        double exact = Laboratory.numbers(result, "last.exact").value();
        assertThat(Math.abs(exact)).isGreaterThan(1e-3);
        assertThat(Laboratory.numbers(result, "last.estimate").value()).isEqualTo(exact, within(1e-5));
    }

    @Test
    void whatDoesNotDifferHasNoEffect() throws IOException {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[1, 2, 3, 4]], corrupted: [[1, 2, 9, 4]], answer: [5], wrong: [6]}
                metric: {logit-difference: {at: END}}
                measure: {x: {attribution-patching: resid_pre, over: [layer, pos]}}
                """.formatted(PARITY.resolve("gpt2")))) {
            result = lab.result();
        }
        double[] found = Laboratory.numbers(result, "x").data();
        // Before the first differing position both runs are equal, in every layer; at the first layer elsewhere too.
        assertThat(new double[] {found[0], found[1], found[3], found[4], found[5]})
                .containsOnly(0);
        assertThat(found[2]).isNotZero();
        assertThat(found[7]).isNotZero();
    }

    @Test
    void aLossHasAGradientToo() throws IOException {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[1, 2, 3, 4]], corrupted: [[1, 2, 9, 4]]}
                metric: loss
                intervention: {p: {patch: unembed.in}}
                measure:
                  x: {attribution-patching: unembed.in, recheck: 1}
                """.formatted(PARITY.resolve("gpt2")))) {
            result = lab.result();
        }
        double exact = Laboratory.numbers(result, "x.exact").value();
        double estimate = Laboratory.numbers(result, "x.estimate").value();
        assertThat(exact).isNotZero();
        assertThat(Math.signum(estimate)).isEqualTo(Math.signum(exact));
    }

    @Test
    void randomDirectionsOfEqualNormAreTheNull() throws IOException {
        RunResult result;
        try (Laboratory lab = lab("gpt2", """
                measure:
                  x:
                    attribution-patching: attn.z
                    over: [layer, head]
                    recheck: 2
                    chance: {random-directions: {times: 5, seed: 3}}
                """)) {
            result = lab.result();
        }
        Quantity x = result.artifacts().stream()
                .filter(a -> a instanceof Quantity q && q.name().equals("x.estimate"))
                .map(Quantity.class::cast)
                .findFirst()
                .orElseThrow();
        double[] draws = java.util.Objects.requireNonNull(x.chance()).draws();
        assertThat(draws).hasSize(5).doesNotHaveDuplicates();
        // An estimate has a sign, so a draw is the one largest in size, with its sign.
        assertThat(Arrays.stream(draws).map(Math::abs).allMatch(size -> size > 0 && size < 10))
                .isTrue();
    }

    @Test
    void itIsOneStepOfThePlanThatEqualMeasurementsShare() throws IOException {
        try (Laboratory lab = lab("gpt2", """
                measure:
                  a: {attribution-patching: attn.z, over: [layer, head], recheck: 2}
                  b: {attribution-patching: attn.z, over: [layer, head], recheck: 2, show: agreement}
                """)) {
            ExecutionPlan plan = lab.plan();
            ExecutionPlan optimized = PlanOptimizer.optimize(plan).plan();
            assertThat(plan.steps().stream().filter(Differentiate.class::isInstance))
                    .hasSize(2);
            assertThat(optimized.steps().stream().filter(Differentiate.class::isInstance))
                    .hasSize(1);
            assertThat(optimized.steps()).hasSize(4);
            assertThat(optimized.flops()).isPositive().isLessThan(plan.flops());
        }
    }

    /** Numbers of Java's memory inside a gradient's graph would be read after they are gone. */
    @Test
    void gradientsSurviveGarbageCollections() throws Exception {
        try (Laboratory lab = lab("llama-gqa", "measure: {x: {edge-attribution: EAP-IG, steps: 5}}")) {
            ExecutionPlan plan = lab.plan();
            double[] quiet = Laboratory.table(
                            java.util.Objects.requireNonNull(lab.run(plan).get("x")))
                    .numerator();
            AtomicBoolean over = new AtomicBoolean();
            Thread collector = new Thread(() -> {
                // As many as one run of this test needs: with a large heap each one stops everything for a while.
                for (int i = 0; i < 20 && !over.get(); i++) {
                    System.gc();
                }
            });
            collector.start();
            try {
                for (int i = 0; i < 2; i++) {
                    assertThat(Laboratory.table(java.util.Objects.requireNonNull(
                                            lab.run(plan).get("x")))
                                    .numerator())
                            .containsExactly(quiet);
                }
            } finally {
                over.set(true);
                collector.join();
            }
        }
    }

    /** Completeness: along the line between the embeddings, what all positions add up to is what the whole input changes. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void integratedGradientsAtTheEmbeddingAddUpToTheWholeChange(String model) throws IOException {
        RunResult result;
        try (Laboratory lab = lab(model, """
                measure:
                  clean: {evaluate: default}
                  corrupted: {evaluate: default, dataset: default/corrupted}
                  one: {attribution-patching: embed, over: [pos], from: clean}
                  many: {attribution-patching: embed, over: [pos], from: clean, steps: 300}
                """)) {
            result = lab.result();
        }
        double change = Laboratory.numbers(result, "clean").value()
                - Laboratory.numbers(result, "corrupted").value();
        double many = Arrays.stream(Laboratory.numbers(result, "many").data()).sum();
        double one = Arrays.stream(Laboratory.numbers(result, "one").data()).sum();
        assertThat(many).isEqualTo(change, within(.02 * Math.abs(change)));
        assertThat(Math.abs(one - change)).isGreaterThan(.1 * Math.abs(change));
    }

    @Test
    void stepsThatWouldChangeNothingAreRefused() {
        assertThatThrownBy(() -> lab(
                        "gpt2", "measure: {x: {attribution-patching: attn.z, over: [layer], by: change, steps: 3}}"))
                .hasMessageContaining("`steps` has no effect");
        assertThatThrownBy(() -> lab("gpt2", "measure: {x: {attribution-patching: attn.z, over: [layer], steps: 0}}"))
                .hasMessageContaining("1 to 1000");
    }

    @Test
    void whatHasNoGradientIsRefused() {
        assertThatThrownBy(() -> lab("gpt2", "measure: {x: {attribution-patching: attn.scores, over: [layer]}}"))
                .hasMessageContaining("infinite");
        assertThatThrownBy(() -> new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, file: analyses.safetensors}
                metric: accuracy
                measure: {x: {attribution-patching: attn.z, over: [layer]}}
                """.formatted(PARITY.resolve("gpt2"))))
                .hasMessageContaining("has no gradient");
    }
}
