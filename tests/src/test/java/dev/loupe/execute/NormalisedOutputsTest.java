package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that normalise what attention and MLPs write, normalise queries and keys, or cap scores and logits: what is taken apart
 * there still adds up. Numbers of other programs for the same are in {@link PatchingParityTest}.
 */
class NormalisedOutputsTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    private static final String SPEC = """
            loupe: 1
            model: {folder: "%s", processing: %s}
            dataset:
              pairs:
                generator: tokens
                ids: [[5, 9, 33, 2, 17, 8, 40], [1, 2, 3, 4, 5, 6, 7], [7, 7, 8, 8, 9, 2, 2]]
                corrupted: [[5, 9, 34, 2, 17, 8, 41], [1, 2, 3, 4, 5, 6, 8], [7, 6, 8, 8, 9, 3, 2]]
                answer: [1, 2, 3]
                wrong: [4, 5, 6]
            metric: {difference: {logit-difference: {at: END}}, nll: loss}
            """;

    @TempDir
    Path folder;

    private RunResult run(String model, String processing, String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted(PARITY.resolve(model), processing) + rest)) {
            return lab.result();
        }
    }

    /** Every part of the neurons' attribution is held against the MLP's own output while it is made, or the run fails. */
    @ParameterizedTest
    @ValueSource(strings = {"gemma2", "gemma3-scaled", "olmo2", "olmo2-grouped", "qwen3-biased", "gptj"})
    void partsAddUpWithAndWithoutProcessing(String model) {
        for (String processing : new String[] {"[]", "[fold-ln, center-unembed, fold-value-biases, rotate-heads]"}) {
            RunResult result = run(model, processing, """
                    measure:
                      parts: {direct-attribution: END}
                      heads: {head-attribution: END}
                      neurons: {direct-attribution: END, by: neurons}
                      scores: {score-decomposition: [L1H0, L1H1]}
                      lens: {logit-lens: END, read: difference}
                      measured: {evaluate: difference}
                    """);
            NamedArray parts = Laboratory.numbers(result, "parts");
            NamedArray heads = Laboratory.numbers(result, "heads");
            for (int i = 0; i < heads.data().length; i++) {
                assertThat(heads.data()[i]).isEqualTo(parts.data()[i], within(1e-5));
            }
            // The lens' last depth is the model's own logits, after the soft-cap where there is one.
            double[] depths = Laboratory.numbers(result, "lens").data();
            double measured = Laboratory.numbers(result, "measured").value();
            assertThat(depths[depths.length - 1]).isEqualTo(measured, within(1e-5));
            if (!model.equals("gemma2") && !model.equals("gemma3-scaled")) {
                assertThat(Arrays.stream(parts.data()).sum()).isEqualTo(measured, within(1e-5));
            }
        }
    }

    private static String everyEdgeToTheLogits(int layers, int heads) {
        Stream<String> written = IntStream.range(0, layers)
                .boxed()
                .flatMap(layer -> Stream.concat(
                        IntStream.range(0, heads).mapToObj(head -> "L" + layer + "H" + head),
                        Stream.of("L" + layer + ".mlp")));
        return Stream.concat(Stream.of("embed"), written)
                .map(start -> start + "->logits")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** What heads, MLPs and embedding add is all that there is: their other outputs make the other run's logits. */
    @ParameterizedTest
    @ValueSource(strings = {"gemma2", "gemma3-scaled", "olmo2", "qwen3"})
    void everyEdgeTogetherIsTheOtherRun(String model) {
        int layers = model.equals("gemma2") ? 3 : model.equals("gemma3-scaled") ? 4 : 2;
        int heads = model.equals("gemma3-scaled") ? 2 : 4;
        RunResult result = run(model, "[]", """
                intervention:
                  all: {patch-edges: %s, from: corrupted}
                  one: {patch-edges: ["L0H1->logits"], from: corrupted}
                measure:
                  patched: {apply: all, read: [difference, nll], dataset: pairs}
                  single: {apply: one, read: difference, dataset: pairs}
                  clean: {evaluate: difference}
                  other: {evaluate: difference, dataset: pairs/corrupted}
                  edges: {edge-attribution: EAP, read: difference, recheck: 3, dataset: pairs}
                """.formatted(everyEdgeToTheLogits(layers, heads)));
        double other = Laboratory.numbers(result, "other").value();
        double clean = Laboratory.numbers(result, "clean").value();
        assertThat(Laboratory.numbers(result, "patched.difference").value()).isEqualTo(other, within(1e-5));
        double single = Laboratory.numbers(result, "single").value();
        assertThat(single).isNotEqualTo(clean).isNotEqualTo(other);
    }
}
