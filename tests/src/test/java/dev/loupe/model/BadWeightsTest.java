package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadWeightsTest {
    private static final TransformerConfig CONFIG =
            TransformerConfig.builder(1, 8, 6, 5).nHeads(2).attnOnly(true).build();

    @TempDir
    Path folder;

    private void write(Map<String, float[]> weights, String... left) throws IOException {
        SafetensorsWriter out = new SafetensorsWriter();
        Set<String> without = Set.of(left);
        TlTensors.of(CONFIG).forEach((name, shape) -> {
            if (!without.contains(name)) {
                out.floats(name, shape, weights.getOrDefault(name, new float[0]));
            }
        });
        if (left.length > 0) {
            out.floats("blocks.7.attn.W_X", new long[] {1}, new float[1]);
        }
        out.write(folder.resolve("model.safetensors"));
        Files.writeString(
                folder.resolve("config.json"), TlConfigReader.write(CONFIG).toString());
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        Map<String, float[]> weights = InitialWeights.draw(CONFIG, 4);
        write(weights);
        ModelFolder model = ModelFolder.open(folder);
        assertThat(model.config()).isEqualTo(CONFIG);
        assertThat(model.weights().read("blocks.0.attn.W_V")).isEqualTo(weights.get("blocks.0.attn.W_V"));
        String hash = model.weightsHash();
        assertThat(hash).hasSize(64);
        write(InitialWeights.draw(CONFIG, 5));
        assertThat(ModelFolder.open(folder).weightsHash()).isNotEqualTo(hash);
    }

    @Test
    void everyMissingAndExtraTensorIsNamedAtOnce() throws IOException {
        write(InitialWeights.draw(CONFIG, 4), "blocks.0.attn.W_V", "ln_final.b");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("missing: blocks.0.attn.W_V, ln_final.b")
                .hasMessageContaining("not part of the model: blocks.7.attn.W_X");
    }

    @Test
    void everyTensorWithoutNumbersIsNamed() throws IOException {
        Map<String, float[]> weights = InitialWeights.draw(CONFIG, 4);
        weights.get("embed.W_E")[3] = Float.NaN;
        weights.get("blocks.0.attn.W_V")[0] = Float.POSITIVE_INFINITY;
        write(weights);
        try (NDManager manager = Backend.cpu()) {
            assertThatThrownBy(() -> ModelFolder.open(folder).load(Set.of(), manager))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("blocks.0.attn.W_V, embed.W_E");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"d_model\": 8 | \"d_model\": 16 | shape",
                "\"d_model\": 8 | \"d_model\": \"x\" | 'd_model' must be an integer",
                "\"d_model\": 8 | \"d_model\": 8, \"d_model\": 9 | Duplicate",
                "\"d_model\": 8 | \"d_model\": 8, \"attn_scores_soft_cap\": 50.0 | attn_scores_soft_cap",
                "\"d_model\": 8 | \"d_model\": 8, \"num_experts\": 4 | num_experts",
                "\"d_model\": 8 | \"d_model\": 8, \"model_type\": \"mamba\" | 'mamba' is not supported",
                "\"standard\" | \"alibi\" | 'alibi' is not supported",
            })
    void configurationsThatDisagreeOrAskForMoreAreRefused(String from, String to, String why) throws IOException {
        write(InitialWeights.draw(CONFIG, 4));
        Path config = folder.resolve("config.json");
        String json = Files.readString(config).replace("\":", "\": ");
        assertThat(json).contains(from);
        Files.writeString(config, json.replace(from, to));
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }
}
