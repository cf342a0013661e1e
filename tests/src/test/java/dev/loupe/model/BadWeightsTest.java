package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.TlConfigReader;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.InitialWeights;
import dev.loupe.model.weights.Processing;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.model.weights.WeightProcessing;
import dev.loupe.model.weights.WeightsException;
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
                .hasMessageContaining("tensors that are not part of the model: blocks.7.attn.W_X");
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

    /** Heads that leave a rest once were read past a tensor's end. */
    @ParameterizedTest
    @CsvSource({
        "gpt2, n_head, 'n_embd' 32 is not a multiple of 'n_head' 5",
        "gpt-neox, num_attention_heads, 'hidden_size' 64 is not a multiple of 'num_attention_heads' 5",
        "gpt-neo-local, num_heads, 'hidden_size' 32 is not a multiple of 'num_heads' 5",
        "opt, num_attention_heads, 'hidden_size' 32 is not a multiple of 'num_attention_heads' 5",
        "llama-gqa, num_attention_heads, n_heads must be a multiple of n_key_value_heads",
    })
    void headsOfUnevenWidthAreRefused(String model, String field, String why) throws IOException {
        Path parity = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", model);
        Files.copy(parity.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String json = Files.readString(parity.resolve("config.json"));
        String other = json.replaceFirst("\"" + field + "\": \\d+", "\"" + field + "\": 5");
        assertThat(other).isNotEqualTo(json);
        Files.writeString(folder.resolve("config.json"), other);
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors", "pytorch_model.bin", "model.gguf"})
    void whatADownloadLeftInTheirPlaceIsNamed(String name) throws IOException {
        write(InitialWeights.draw(CONFIG, 4));
        Files.delete(folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve(name), "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("pointer of Git LFS");
        Files.writeString(folder.resolve(name), "<!DOCTYPE html><title>Not found</title>");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("web page");
    }

    @Test
    void anIndexIsHeldAgainstItsShards() throws IOException {
        write(InitialWeights.draw(CONFIG, 4));
        Files.move(folder.resolve("model.safetensors"), folder.resolve("a.safetensors"));
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"embed.W_E\": \"a.safetensors\"}}");
        assertThat(ModelFolder.open(folder).config()).isEqualTo(CONFIG);
        Files.writeString(
                index,
                "{\"weight_map\": {\"x\": \"b.safetensors\", \"y\": \"c.safetensors\", \"z\": \"a.safetensors\"}}");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("names files that are not in the same folder: b.safetensors, c.safetensors");
        Files.writeString(index, "{\"weight_map\": {\"z\": \"a.safetensors\"}}");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .hasMessageContaining("a.safetensors does not contain the tensors that the index names: z");
        Files.writeString(index, "{\"weight_map\": {\"embed.W_E\": \"../a.safetensors\"}}");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("outside its folder");
    }

    @Test
    void theNormInsideAnMlpHasWeightsOnlyWhereTheOthersAreLayerNorms() {
        TransformerConfig solu = TransformerConfig.builder(1, 8, 6, 5)
                .nHeads(2)
                .actFn(Activation.SOLU_LN)
                .build();
        assertThat(TlTensors.of(solu)).containsKeys("blocks.0.mlp.ln.w", "blocks.0.mlp.ln.b");
        for (Normalization kind : Normalization.values()) {
            TransformerConfig other = solu.with().normalizationType(kind).build();
            assertThat(TlTensors.of(other).containsKey("blocks.0.mlp.ln.w")).isEqualTo(kind == Normalization.LN);
            WeightProcessing folded = new WeightProcessing(other, Processing.ofTransformerLens());
            TlWeights weights = folded.apply(TlWeights.of(InitialWeights.draw(other, 3)));
            TlTensors.of(folded.config())
                    .keySet()
                    .forEach(name -> assertThat(weights.read(name)).isNotEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"d_model\": 8 | \"d_model\": 16 | shape",
                "\"d_model\": 8 | \"d_model\": \"x\" | 'd_model' must be an integer",
                "\"d_model\": 8 | \"d_model\": 8, \"d_model\": 9 | is written twice",
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
