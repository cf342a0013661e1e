package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model beside copies of itself whose neurons lie elsewhere. */
class SameNeuronTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final int LAYERS = 2;
    private static final int NEURONS = 64;

    @TempDir
    Path folder;

    /** By layer where each neuron of the model is in its copy [neuron]. */
    private final int[][] place = new int[LAYERS][NEURONS];

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(3);
        for (int[] layer : place) {
            for (int i = 0; i < NEURONS; i++) {
                int j = random.nextInt(i + 1);
                layer[i] = layer[j];
                layer[j] = i;
            }
        }
        copy("permuted", 1);
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.copy(GPT2.resolve("config.json"), own.resolve("config.json"));
        Files.copy(GPT2.resolve("model.safetensors"), own.resolve("model.safetensors"));
    }

    /** @param factor what the input weights of the copy are multiplied by */
    private void copy(String name, float factor) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        Files.copy(GPT2.resolve("config.json"), to.resolve("config.json"));
        SafetensorsWriter writer = new SafetensorsWriter();
        SafetensorsFile file = SafetensorsFile.open(GPT2.resolve("model.safetensors"));
        for (String tensor : file.names()) {
            Tensor old = file.tensor(tensor);
            float[] values = old.floats();
            float[] moved = values.clone();
            for (int layer = 0; layer < LAYERS; layer++) {
                String mlp = "transformer.h." + layer + ".mlp.";
                for (int i = 0; i < NEURONS; i++) {
                    int j = place[layer][i];
                    if (tensor.equals(mlp + "c_fc.bias")) {
                        moved[j] = factor * values[i];
                    } else if (tensor.equals(mlp + "c_fc.weight")) {
                        for (int d = 0; d < 32; d++) {
                            moved[d * NEURONS + j] = factor * values[d * NEURONS + i];
                        }
                    } else if (tensor.equals(mlp + "c_proj.weight")) {
                        for (int d = 0; d < 32; d++) {
                            moved[j * 32 + d] = values[i * 32 + d];
                        }
                    }
                }
            }
            writer.floats(tensor, old.shape(), moved);
        }
        writer.write(to.resolve("model.safetensors"));
    }

    private RunResult run(String models, String options) {
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  own: own
                %sdataset: {generator: random-tokens, length: 24, rows: 60, seed: 4}
                measure:
                  same: {same-neuron: %s, sample: &where {count: 1200, seed: 1}, seed: 2, model: own}
                """.formatted(models, options), folder)) {
            return lab.result();
        }
    }

    private static double[] part(RunResult result, String part) {
        NamedArray table = Laboratory.numbers(result, "same");
        List<String> parts = table.axis("part").labels();
        return IntStream.range(0, table.data().length / parts.size())
                .mapToDouble(i -> table.data()[i * parts.size() + parts.indexOf(part)])
                .toArray();
    }

    @Test
    void everyNeuronOfACopyIsFoundWhereItIs() {
        RunResult result = run("  permuted: permuted\n", "mlp.post, layers: [0, 1], in: permuted, draws: 2");
        double[] match = part(result, "match");
        double[] chance = part(result, "chance");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int i = 0; i < NEURONS; i++) {
                int at = layer * NEURONS + i;
                assertThat(match[at]).isEqualTo(1, within(1e-5));
                assertThat(part(result, "match-layer")[at]).isEqualTo(layer);
                assertThat(part(result, "match-neuron")[at]).isEqualTo(place[layer][i]);
                assertThat(part(result, "excess")[at]).isEqualTo(match[at] - chance[at], within(1e-9));
                assertThat(chance[at]).isBetween(0.0, 0.9);
            }
        }
        Interval interval = result.artifacts().stream()
                .filter(a -> a instanceof Quantity q && q.name().equals("same"))
                .map(a -> ((Quantity) a).interval())
                .findFirst()
                .orElseThrow();
        assertThat(interval.low().data()[25]).as("match of the sixth neuron").isEqualTo(1, within(1e-4));
        assertThat(interval.n()).as("groups of documents").isEqualTo(20);
    }

    /** A correlation does not ask how large activations are; a neuron with the other sign is the same where that is said. */
    @Test
    void aNeuronOfAnotherScaleIsTheSameAndOneOfTheOtherSignWhereThatIsAsked() throws IOException {
        copy("larger", 3);
        copy("negative", -1);
        String options = "mlp.pre, neurons: [L0N3], draws: 2, in: ";
        RunResult larger = run("  larger: larger\n", options + "larger");
        assertThat(part(larger, "match")[0]).isEqualTo(1, within(1e-5));
        assertThat(part(larger, "match-neuron")[0]).isEqualTo(place[0][3]);
        RunResult negative = run("  negative: negative\n", options + "negative");
        assertThat(part(negative, "match")[0]).isLessThan(0.95);
        assertThat(part(negative, "match-neuron")[0]).isNotEqualTo(place[0][3]);
        RunResult either = run("  negative: negative\n", options + "negative, either-sign: true");
        assertThat(part(either, "match")[0]).isEqualTo(1, within(1e-5));
        assertThat(part(either, "match-neuron")[0]).isEqualTo(place[0][3]);
        assertThat(part(either, "sign")[0]).isEqualTo(-1);
    }

    /** Without the rotations nothing is said of chance, and the rest stays as it is. */
    @Test
    void chanceCanBeLeftOut() {
        RunResult with = run("  permuted: permuted\n", "mlp.pre, neurons: [L1N3], in: permuted, draws: 3");
        RunResult without = run("  permuted: permuted\n", "mlp.pre, neurons: [L1N3], in: permuted, draws: 0");
        assertThat(part(without, "match")).isEqualTo(part(with, "match"));
        assertThat(part(without, "match-neuron")[0]).isEqualTo(place[1][3]);
        assertThat(part(without, "chance")).containsOnly(Double.NaN);
        assertThat(part(without, "excess")).containsOnly(Double.NaN);
    }

    @Test
    void otherModelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> run("", "mlp.post, neurons: [L0N64], in: own")).hasMessageContaining("L0N64");
        assertThatThrownBy(() -> run("", "attn.z, neurons: [L0N1], in: own")).hasMessageContaining("`mlp.pre`");
        assertThatThrownBy(() -> run("", "mlp.post, neurons: [L0N1], in: on")).hasMessageContaining("`own`");
        assertThatThrownBy(() -> run("  b: {plant: scale-hub, vocabulary: 16}\n", "mlp.post, neurons: [L0N1], in: b"))
                .hasMessageContaining("token by token");
        assertThatThrownBy(
                        () -> run("  b: {ngram: default, order: 1, like: own}\n", "mlp.post, neurons: [L0N1], in: b"))
                .hasMessageContaining("has no neurons");
    }
}
