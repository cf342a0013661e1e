package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights as results, against the numbers of the file that the model was read from. */
class WeightsTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    private Laboratory asking(String measurement) {
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: %s}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure: {w: %s}
                """.formatted(GPT2, measurement));
    }

    @Test
    void aHeadsQueryWeightsAreItsColumnsOfTheFile() throws IOException {
        NamedArray found;
        try (Laboratory lab = asking("{weights: W_Q, heads: [L1H2]}")) {
            found = Laboratory.numbers(lab.result(), "w");
        }
        int model = found.axis("d_model").size();
        int head = found.axis("d_head").size();
        float[] file = SafetensorsFile.open(GPT2.resolve("model.safetensors"))
                .tensor("transformer.h.1.attn.c_attn.weight")
                .floats();
        for (int i = 0; i < model; i++) {
            for (int j = 0; j < head; j++) {
                double at = found.at("weight_head", 0)
                        .at("d_model", i)
                        .at("d_head", j)
                        .value();
                assertThat(at).isEqualTo(file[i * 3 * model + 2 * head + j], within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{weights: W_in} | layer: 0",
                "{weights: W_E, heads: [L0H0]} | has no heads",
                "{weights: W_in, layer: 99} | no layer 99",
                "{weights: W_gate, layer: 0} | has no `mlp.W_gate`",
                "{weights: W_Q, heads: [L9H0]} | L9H0"
            })
    void whatTheModelLacksIsToldBeforeItLoads(String measurement, String message) {
        assertThatThrownBy(() -> asking(measurement))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }
}
