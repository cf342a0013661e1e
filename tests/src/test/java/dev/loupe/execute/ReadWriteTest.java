package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cosines of neurons that were planted, and of models whose weights are read here once more. */
class ReadWriteTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path folder;

    private RunResult run(String model, String measure) {
        String yaml = "loupe: 1\nmodel: " + model
                + "\ndataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}\nmeasure:\n  c: "
                + measure + "\n";
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    @Test
    void thePlantedEraserAndBoosterAreFoundAndNoDecoyIs() {
        NamedArray found =
                Laboratory.numbers(run("{plant: neurons, decoys: 200, seed: 3}", "{read-write: in-out}"), "c");
        assertThat(at(found, Meaning.ERASER.ordinal())).isEqualTo(-1, within(1e-6));
        assertThat(at(found, Meaning.BOOSTER.ordinal())).isEqualTo(1, within(1e-6));
        // What writes nothing has no direction.
        assertThat(at(found, Meaning.TOKEN.ordinal())).isNaN();
        for (int neuron = Meaning.values().length; neuron < found.axis("neuron").size(); neuron++) {
            // Decoys write nothing, so that they change nothing.
            assertThat(at(found, neuron)).as("decoy %d", neuron).isNaN();
        }
    }

    private static double at(NamedArray found, int neuron) {
        return found.at("layer", 0).at("neuron", neuron).value();
    }

    @Test
    void gatedCosinesAreThoseOfTheFile() throws IOException {
        RunResult result =
                run("{folder: " + PARITY.resolve("llama-gqa") + "}", "{read-write: [in-out, gate-out, gate-in]}");
        NamedArray some = Laboratory.numbers(
                run("{folder: " + PARITY.resolve("llama-gqa") + "}", "{read-write: in-out, neurons: [L1N7, L0N3]}"),
                "c");
        assertThat(some.axis("neuron").labels()).containsExactly("L1N7", "L0N3");
        assertThat(some.data())
                .containsExactly(
                        new double[] {part(result, "c.in-out", 1, 7), part(result, "c.in-out", 0, 3)}, within(1e-6));
        NamedArray all = Laboratory.numbers(
                run("{folder: " + PARITY.resolve("llama-gqa") + "}", "{read-write: all, neurons: [L1N7, L0N3]}"),
                "c.gate-in");
        assertThat(all.data())
                .containsExactly(
                        new double[] {part(result, "c.gate-in", 1, 7), part(result, "c.gate-in", 0, 3)}, within(1e-6));
        SafetensorsFile file = SafetensorsFile.open(PARITY.resolve("llama-gqa/model.safetensors"));
        for (int layer = 0; layer < 2; layer++) {
            String block = "model.layers." + layer + ".";
            float[] gain = floats(file, block + "post_attention_layernorm.weight");
            float[] gate = floats(file, block + "mlp.gate_proj.weight");
            float[] up = floats(file, block + "mlp.up_proj.weight");
            float[] down = floats(file, block + "mlp.down_proj.weight");
            for (int neuron = 0; neuron < 56; neuron++) {
                double[] reads = row(gate, neuron, gain);
                double[] linear = row(up, neuron, gain);
                double[] writes = new double[32];
                for (int i = 0; i < 32; i++) {
                    writes[i] = down[i * 56 + neuron];
                }
                assertThat(part(result, "c.in-out", layer, neuron)).isEqualTo(cosine(linear, writes), within(1e-6));
                assertThat(part(result, "c.gate-out", layer, neuron)).isEqualTo(cosine(reads, writes), within(1e-6));
                assertThat(part(result, "c.gate-in", layer, neuron)).isEqualTo(cosine(reads, linear), within(1e-6));
            }
        }
    }

    private static float[] floats(SafetensorsFile file, String name) {
        return file.tensor(name).floats();
    }

    private static double part(RunResult result, String name, int layer, int neuron) {
        return Laboratory.numbers(result, name)
                .at("layer", layer)
                .at("neuron", neuron)
                .value();
    }

    private static double[] row(float[] matrix, int neuron, float[] gain) {
        double[] out = new double[gain.length];
        for (int i = 0; i < gain.length; i++) {
            out[i] = matrix[neuron * gain.length + i] * (double) gain[i];
        }
        return out;
    }

    private static double cosine(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void aNormThatSubtractsTheMeanTakesItFromWhatIsReadAndWritten() throws IOException {
        RunResult result = run("{folder: " + PARITY.resolve("gpt2") + ", processing: []}", "{read-write: in-out}");
        // The same function with the means taken out of its weights has the same cosines.
        RunResult processed = run(
                "{folder: " + PARITY.resolve("gpt2") + ", processing: [fold-ln, center-writing]}",
                "{read-write: in-out}");
        SafetensorsFile file = SafetensorsFile.open(PARITY.resolve("gpt2/model.safetensors"));
        float[] gain = floats(file, "transformer.h.0.ln_2.weight");
        float[] in = floats(file, "transformer.h.0.mlp.c_fc.weight");
        float[] out = floats(file, "transformer.h.0.mlp.c_proj.weight");
        int width = gain.length;
        int neurons = in.length / width;
        for (int neuron = 0; neuron < neurons; neuron++) {
            double[] reads = new double[width];
            double[] writes = new double[width];
            for (int i = 0; i < width; i++) {
                reads[i] = in[i * neurons + neuron] * (double) gain[i];
                writes[i] = out[neuron * width + i];
            }
            double expected = cosine(centred(reads), centred(writes));
            assertThat(part(result, "c", 0, neuron)).isEqualTo(expected, within(1e-6));
            assertThat(part(processed, "c", 0, neuron)).isEqualTo(expected, within(1e-6));
        }
    }

    private static double[] centred(double[] vector) {
        double mean = Arrays.stream(vector).average().orElseThrow();
        return Arrays.stream(vector).map(x -> x - mean).toArray();
    }

    @Test
    void shuffledPairsAreTheNull() {
        RunResult result = run(
                "{folder: " + PARITY.resolve("llama-gqa") + "}",
                "{read-write: in-out, chance: {shuffled-neurons: {times: 20, seed: 4}}}");
        Quantity found = (Quantity) result.artifacts().stream()
                .filter(a -> a.name().equals("c"))
                .findFirst()
                .orElseThrow();
        assertThat(found.chance()).isNotNull();
        assertThat(found.chance().method()).contains("20 shuffles of each layer's output weights");
        // The largest of 112 draws with standard deviation 1 / sqrt(32).
        assertThat(found.chance().draws()).hasSize(20);
        assertThat(Arrays.stream(found.chance().draws()).map(Math::abs).boxed())
                .allSatisfy(largest -> assertThat(largest).isBetween(.3, .9));
        assertThat(Arrays.stream(found.chance().draws()).distinct().count()).isGreaterThan(15);
    }

    @Test
    void whatTheModelLacksIsTold() {
        assertThatThrownBy(() -> run("{plant: neurons, decoys: 2, seed: 3}", "{read-write: gate-out}"))
                .hasMessageContaining("`gate-out` needs a gated MLP");
        assertThatThrownBy(() -> run("{plant: heads}", "{read-write: in-out}")).hasMessageContaining("has no MLP");
        assertThatThrownBy(() ->
                        run("{plant: heads}", "{head-scores: [IND], chance: {shuffled-neurons: {times: 5, seed: 1}}}"))
                .hasMessageContaining("null for `read-write`");
    }
}
