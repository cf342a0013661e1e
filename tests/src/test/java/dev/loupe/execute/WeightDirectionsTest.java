package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directions of neurons against the file of the model, directions of heads against what makes them singular. */
class WeightDirectionsTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    private Laboratory asking(String measure) {
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: %s}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure:
                """.formatted(GPT2) + measure.indent(2));
    }

    private static float[] file(String name) throws IOException {
        return SafetensorsFile.open(GPT2.resolve("model.safetensors"))
                .tensor(name)
                .floats();
    }

    @Test
    void aNeuronWritesItsRowAndReadsItsColumnTimesTheGain() throws IOException {
        RunResult result;
        try (Laboratory lab = asking("""
                out: {directions: W_out, neurons: [L1N7, L0N2]}
                in: {directions: W_in, neurons: [L1N7]}
                """)) {
            result = lab.result();
        }
        NamedArray out = Laboratory.numbers(result, "out");
        assertThat(out.axis("neuron").labels()).containsExactly("L1N7", "L0N2");
        int model = out.axis("d_model").size();
        float[] rows = file("transformer.h.1.mlp.c_proj.weight");
        float[] first = file("transformer.h.0.mlp.c_proj.weight");
        float[] columns = file("transformer.h.1.mlp.c_fc.weight");
        float[] gain = file("transformer.h.1.ln_2.weight");
        int neurons = columns.length / model;
        double[] in = Laboratory.numbers(result, "in").data();
        for (int i = 0; i < model; i++) {
            assertThat(out.data()[i]).isEqualTo(rows[7 * model + i], within(1e-7));
            assertThat(out.data()[model + i]).isEqualTo(first[2 * model + i], within(1e-7));
            assertThat(in[i]).isEqualTo(columns[i * neurons + 7] * gain[i], within(1e-7));
        }
    }

    /** A matrix takes each left singular direction to the singular value times the right one. */
    @ParameterizedTest
    @CsvSource({"OV-read, OV-write, W_V, W_O, OV", "QK-query, QK-key, W_Q, W_K, QK"})
    void aHeadsDirectionsAreTheSingularOnesOfItsCircuit(
            String left, String right, String first, String second, String circuit) {
        RunResult result;
        try (Laboratory lab = asking("""
                left: {directions: %s, heads: [L1H2], count: 2}
                right: {directions: %s, heads: [L1H2], count: 2}
                a: {weights: %s, heads: [L1H2]}
                b: {weights: %s, heads: [L1H2]}
                values: {svd: %s, heads: [L1H2], draws: 1}
                """.formatted(left, right, first, second, circuit))) {
            result = lab.result();
        }
        NamedArray a = Laboratory.numbers(result, "a").at("weight_head", 0);
        NamedArray b = Laboratory.numbers(result, "b").at("weight_head", 0);
        NamedArray values =
                Laboratory.numbers(result, "values").at("svd_head", 0).at("weights", 0);
        int model = a.axis("d_model").size();
        for (int k = 0; k < 2; k++) {
            double[] u = direction(result, "left", k);
            double[] v = direction(result, "right", k);
            for (int i = 0; i < model; i++) {
                double written = 0;
                for (int h = 0; h < a.axis("d_head").size(); h++) {
                    double inner = 0;
                    for (int j = 0; j < model; j++) {
                        inner += u[j] * a.at("d_head", h).at("d_model", j).value();
                    }
                    written += inner * b.at("d_head", h).at("d_model", i).value();
                }
                assertThat(written).isEqualTo(values.at("direction", k).value() * v[i], within(1e-5));
            }
        }
    }

    private static double[] direction(RunResult result, String name, int k) {
        return Laboratory.numbers(result, name)
                .at("svd_head", 0)
                .at("direction", k)
                .data();
    }

    /** Subject 3 of the planted memory is written by one neuron of layer 1: along its direction alone the fact is lost. */
    @Test
    void theNeuronThatAnAblationFindsNamesTheDirectionOfTheFact() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: one-neuron}
                dataset: {generator: tokens, ids: [[3, 36]], answer: [40], wrong: [41]}
                metric: logit-difference
                intervention:
                  sweep: {ablate: mlp.post, over: [layer, neuron]}
                  erase: {steer: mlp_out, layer: 1, along: {result: {by: written, where: {rank: 1}}}, mode: project-out}
                  random:
                    steer: mlp_out
                    layer: 1
                    along: {random: {like: {result: {by: written, where: {rank: 1}}}, seed: 1}}
                    mode: project-out
                measure:
                  clean: {evaluate: default}
                  damage: {apply: sweep, read: default, as: change}
                  written: {directions: W_out, neurons-from: {by: damage, best: 1, lowest: true}}
                  erased: {apply: erase, read: default, as: change}
                  random: {apply: random, read: default, as: change}
                """)) {
            result = lab.result();
        }
        double clean = Laboratory.numbers(result, "clean").value();
        assertThat(Laboratory.numbers(result, "damage")
                        .at("layer", 1)
                        .at("neuron", 3)
                        .value())
                .isEqualTo(-2 * clean, within(1e-5));
        assertThat(Laboratory.numbers(result, "erased").value()).isEqualTo(-2 * clean, within(1e-5));
        assertThat(Laboratory.numbers(result, "random").value()).isEqualTo(0, within(0.1 * clean));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{directions: W_out, heads: [L0H0]} | this matrix belongs to neurons",
                "{directions: OV-write, neurons: [L0N0]} | this circuit belongs to heads",
                "{directions: W_out} | name the neurons with `neurons`, or select them",
                "{directions: W_out, neurons: [L0N0], count: 2} | a neuron has one direction",
                "{directions: W_gate, neurons: [L0N0]} | has no `W_gate`",
                "{directions: OV-read, heads: [L0H9]} | L0H9 does not exist",
                "{directions: OV-read, heads: [L0H0], count: 1000} | is more than the",
                "{directions: W_out, neurons-from: {by: w, above: 1}} | needs `best` here",
            })
    void whatHasNoDirectionIsRefused(String measurement, String said) {
        assertThatThrownBy(() -> asking("w: " + measurement).close())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }
}
