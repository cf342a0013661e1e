package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.backend.Backend;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.family.ForeignFields;
import dev.loupe.model.family.HubArchitecture;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations as public repositories have them, written by several versions of transformers and by other programs: each says
 * what its card says, and shrunk it gives transformers' logits (published/make.py).
 */
class PublishedConfigsTest {
    private static final Path HOME = Path.of(System.getProperty("loupe.home"));
    private static final Path FILES = HOME.resolve("tests/src/test/resources/published");

    @TempDir
    Path folder;

    private static JsonNode configs(String file) throws IOException {
        return new ObjectMapper().readTree(FILES.resolve(file).toFile());
    }

    private static TransformerConfig read(JsonNode root) {
        ConfigJson json = ConfigJson.of(Path.of("config.json"), root);
        ForeignFields.check(json);
        TransformerConfig config = Objects.requireNonNull(
                        HubArchitecture.of(root.path("model_type").asText()))
                .config(json);
        json.check();
        return config;
    }

    @ParameterizedTest
    @CsvSource({
        "gemma-2, gemma-2-2b",
        "gemma-3, gemma-3-270m",
        "gemma-3, gemma-3-1b",
        "llama-3.2, llama-3.2-1b",
        "qwen3, qwen3-0.6b",
        "olmo-2, olmo-2-1b",
        "phi-3, phi-3-mini",
        "gpt-j, gpt-j-6b",
    })
    void aCardHasTheShapeThatTheRepositoryPublishes(String card, String model) throws IOException {
        PublicCard read = (PublicCard)
                CardFile.read(HOME.resolve("models/" + card + ".yaml")).card();
        TransformerConfig told =
                Objects.requireNonNull(read.models().get(model)).config();
        assertThat(read(configs("configs.json").path(model)).differences(told)).isEmpty();
        assertThat(read.title()).endsWith("never downloaded here");
    }

    static Stream<Arguments> shrunk() throws IOException {
        List<Arguments> out = new ArrayList<>();
        configs("shrunk.json").properties().forEach(e -> out.add(Arguments.of(e.getKey(), out.size(), e.getValue())));
        return out.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shrunk")
    void logitsAreThoseOfTransformers(String name, int number, JsonNode config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config.toString());
        SafetensorsFile file = SafetensorsFile.open(FILES.resolve(number + ".safetensors"));
        SafetensorsWriter weights = new SafetensorsWriter();
        for (String tensor : file.names()) {
            if (tensor.startsWith("weights/")) {
                Tensor values = file.tensor(tensor);
                weights.floats(tensor.substring("weights/".length()), values.shape(), values.floats());
            }
        }
        weights.write(folder.resolve("model.safetensors"));
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder).load(Set.of(), manager)) {
            Tensor ids = file.tensor("tokens");
            NDArray logits = model.logits(manager.create(ids.longs(), new Shape(ids.shape())), manager);
            float[] wanted = file.tensor("logits").floats();
            float[] got = logits.toFloatArray();
            assertThat(got).hasSameSizeAs(wanted);
            for (int i = 0; i < got.length; i++) {
                assertThat(Math.abs(got[i] - wanted[i])).isLessThan(5e-5f);
            }
        }
    }

    /** Repositories of neighbours of these families, by the keys that tell them apart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"architectures\": [\"Gemma3ForConditionalGeneration\"], \"model_type\": \"gemma3\", \"text_config\": {\"model_type\": \"gemma3_text\"}} | model_type 'gemma3' is not supported",
                "{\"architectures\": [\"MixtralForCausalLM\"], \"model_type\": \"mixtral\", \"num_local_experts\": 8, \"num_experts_per_tok\": 2} | 'mixtral' is a mixture of experts",
                "{\"architectures\": [\"OlmoeForCausalLM\"], \"model_type\": \"olmoe\", \"num_experts\": 64} | 'olmoe' is a mixture of experts",
                "{\"architectures\": [\"Qwen3MoeForCausalLM\"], \"model_type\": \"qwen3_moe\", \"num_experts\": 128} | 'qwen3_moe' is a mixture of experts",
                "{\"architectures\": [\"GptOssForCausalLM\"], \"model_type\": \"gpt_oss\", \"num_local_experts\": 32} | 'gpt_oss' is a mixture of experts",
                "{\"architectures\": [\"Olmo3ForCausalLM\"], \"model_type\": \"olmo3\", \"sliding_window\": 4096} | model_type 'olmo3' is not supported",
                "{\"architectures\": [\"Qwen3ForCausalLM\"], \"model_type\": \"qwen3\", \"quantization_config\": {\"quant_method\": \"fp8\", \"weight_block_size\": [128, 128]}} | 'quantization_config': quant_method \"fp8\" is not supported",
                "{\"model_type\": \"gemma3_text\", \"use_bidirectional_attention\": true, \"num_hidden_layers\": 24} | 'use_bidirectional_attention': true is not supported",
                "{\"model_type\": \"gptj\", \"rotary\": false} | 'rotary': false is not supported",
            })
    void whatIsNotDoneIsRefusedByName(String config, String why) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        new SafetensorsWriter().floats("x", new long[] {1}, new float[1]).write(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(why);
    }
}
