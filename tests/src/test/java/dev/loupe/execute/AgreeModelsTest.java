package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreeModelsTest {
    @TempDir
    Path folder;

    /** The same function with its heads and its neurons in another order. */
    @Test
    void aPermutedCopyDivergesByRoundingAlone() throws IOException {
        Path moved = Files.createDirectories(folder.resolve("moved"));
        Path fixture = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
        Files.copy(fixture.resolve("config.json"), moved.resolve("config.json"));
        SafetensorsFile from = SafetensorsFile.open(fixture.resolve("model.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String name : from.names()) {
            long[] shape = from.tensor(name).shape();
            float[] values = from.tensor(name).floats();
            // Four heads of 8 dimensions, for queries, keys and values; then 64 neurons.
            float[] turned = name.endsWith("attn.c_attn.weight")
                    ? reversed(values, new long[] {32, 3, 4, 8}, 2)
                    : name.endsWith("attn.c_attn.bias")
                            ? reversed(values, new long[] {3, 4, 8}, 1)
                            : name.endsWith("attn.c_proj.weight")
                                    ? reversed(values, new long[] {4, 8, 32}, 0)
                                    : name.endsWith("mlp.c_fc.weight")
                                            ? reversed(values, new long[] {32, 64}, 1)
                                            : name.endsWith("mlp.c_fc.bias") || name.endsWith("mlp.c_proj.weight")
                                                    ? reversed(values, shape, 0)
                                                    : values;
            out.floats(name, shape, turned);
        }
        out.write(moved.resolve("model.safetensors"));
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {first: {folder: "%s"}, moved: {folder: moved}}
                dataset: {generator: random-tokens, length: 12, rows: 20, seed: 2}
                measure:
                  copy: {agreement: moved, model: first}
                """.formatted(fixture))) {
            result = lab.result();
        }
        double js = Laboratory.numbers(result, "copy.js").value();
        assertThat(js).isPositive().isLessThan(1e-6);
    }

    private static float[] reversed(float[] values, long[] shape, int axis) {
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        int size = (int) shape[axis];
        float[] out = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int at = i / inner % size;
            out[i + (size - 1 - 2 * at) * inner] = values[i];
        }
        return out;
    }

    /** Two models without layers, whose logits are their unembedding's: the divergence by hand. */
    @Test
    void theDivergenceOfTwoKnownDistributions() {
        // Of four tokens that are predicted three are the one: p = 3/4 against 1/4.
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  base: {plant: heads, vocabulary: 2, context: 5}
                  ones: {ngram: more-ones, order: 1, add: 0.000000001, like: base}
                  zeros: {ngram: more-zeros, order: 1, add: 0.000000001, like: base}
                dataset:
                  rows: {generator: tokens, ids: [[0, 1], [1, 0]]}
                  more-ones: {generator: tokens, ids: [[1, 1, 1, 1, 0]]}
                  more-zeros: {generator: tokens, ids: [[0, 0, 0, 0, 1]]}
                measure: {pair: {agreement: zeros, model: ones, dataset: rows}}
                """)) {
            result = lab.result();
        }
        // Kullback-Leibler divergence of (1/4, 3/4) from (1/2, 1/2), the same for both halves.
        double js = .25 * Math.log(.5) + .75 * Math.log(1.5);
        assertThat(Laboratory.numbers(result, "pair.js").data()[0]).isEqualTo(js, within(1e-6));
        assertThat(Laboratory.numbers(result, "pair.top-1").data()[0]).isZero();
        // Losses of one target under both: log 4 and log 4/3; under their mean log 2.
        assertThat(Laboratory.numbers(result, "pair.ensemble-gain").data()[0])
                .isEqualTo(Math.log(2) - (Math.log(4) + Math.log(4 / 3.0)) / 2, within(1e-6));
        assertThat(Laboratory.numbers(result, "pair.loss-correlation").data()[0])
                .isEqualTo(-1, within(1e-6));
        // The mean has an entropy of log 2, below 1 nat: nothing is unsure.
        assertThat(Laboratory.numbers(result, "pair.unsure-top-1").data()[0]).isNaN();
    }
}
