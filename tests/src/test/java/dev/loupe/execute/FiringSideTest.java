package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.resolve.Specs;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gated neuron and the same one with its sign turned over: what is said of one side is said of the other. */
class FiringSideTest {
    private static final Path GATED = Specs.HOME.resolve("tests/src/test/resources/parity/llama-gqa");
    private static final List<String> PARTS =
            List.of("precision", "recall", "f1", "auc", "correlation", "fires", "holds", "conditions", "chance");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        // Side, smallest and largest activation, sign.
        "POSITIVE, -3, 2, 1",
        "POSITIVE, -3, 0, 0",
        "NEGATIVE, -3, 2, -1",
        "NEGATIVE, 0.5, 2, 0",
        "LARGER, -3, 2, -1",
        "LARGER, -2, 3, 1",
        "LARGER, 0, 0, 0",
        "LARGER, 1, 2, 1",
        "SMALLER, -3, 2, 1",
        "SMALLER, -2, 3, -1",
        "SMALLER, 0, 3, 0",
        // GELU is never below -0.17.
        "SMALLER, -0.17, 5, 0",
        "SMALLER, -0.5, 5, -1"
    })
    void signs(FiringSide side, double smallest, double largest, int sign) {
        assertThat(side.sign(smallest, largest)).isEqualTo(sign);
    }

    private Path turnedOver() throws IOException {
        Path turned = Files.createDirectories(folder.resolve("turned"));
        Files.copy(GATED.resolve("config.json"), turned.resolve("config.json"));
        SafetensorsFile file = SafetensorsFile.open(GATED.resolve("model.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String name : file.names()) {
            float[] values = file.tensor(name).floats();
            if (name.equals("model.layers.1.mlp.up_proj.weight")) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = -values[i];
                }
            }
            out.floats(name, file.tensor(name).shape(), values);
        }
        out.write(turned.resolve("model.safetensors"));
        return turned;
    }

    private RunResult run(String name, Path model, String side, String values) throws IOException {
        Random random = new Random(3);
        StringBuilder ids = new StringBuilder();
        for (int row = 0; row < 60; row++) {
            ids.append(row == 0 ? "" : ", ")
                    .append(Arrays.toString(random.ints(16, 3, 12).toArray()));
        }
        Path own = Files.createDirectories(folder.resolve(name));
        try (Laboratory lab = new Laboratory(own, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [%s]}
                measure:
                  rule: {neuron-rule: mlp.post, neurons: [L1N3, L1N9], side: %3$s, sample: &every {count: 960, per-row: 16, seed: 1}, seed: 2}
                  shown: {neuron-rule: mlp.post, neurons: [L1N3, L1N9], side: %3$s, show: rules, sample: *every, seed: 2}
                  context: {shortest-context: mlp.post, neurons: [L1N3, L1N9], side: %3$s, examples: 5, sample: *every}
                  values: {max-activating: mlp.post, neurons: [L1N3, L1N9], %4$s, sample: *every}
                """.formatted(model, ids, side, values))) {
            return lab.result();
        }
    }

    @Test
    void theOtherSideOfANeuronIsTheSideOfTheOtherNeuron() throws IOException {
        RunResult above = run("above", GATED, "positive", "examples: 5, show: values");
        RunResult below = run("below", turnedOver(), "negative", "lowest: 5, show: smallest");
        for (String part : PARTS) {
            assertThat(Laboratory.numbers(below, "rule." + part).data())
                    .as(part)
                    .containsExactly(Laboratory.numbers(above, "rule." + part).data(), within(1e-9));
        }
        for (String part : List.of("tokens", "reached", "needed")) {
            assertThat(Laboratory.numbers(below, "context." + part).data())
                    .as(part)
                    .containsExactly(
                            Laboratory.numbers(above, "context." + part).data());
        }
        for (String name : List.of("rule.edge", "values")) {
            double[] turned = Laboratory.numbers(below, name).data();
            assertThat(Arrays.stream(turned).max().orElse(0)).isNegative();
            assertThat(turned)
                    .as(name)
                    .containsExactly(
                            Arrays.stream(Laboratory.numbers(above, name).data())
                                    .map(value -> -value)
                                    .toArray());
        }
        assertThat(said(above)).contains("L1N3 is above 1.58, as at 9 of 450 tokens");
        assertThat(said(below)).isEqualTo(said(above).replace("is above ", "is below -"));
    }

    private static String said(RunResult result) {
        return result.artifacts().stream()
                .filter(TokenRankings.class::isInstance)
                .flatMap(shown -> ((TokenRankings) shown).rankings().stream())
                .map(TokenRankings.Ranking::label)
                .reduce("", (all, one) -> all + "\n" + one);
    }
}
