package dev.loupe.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.TransformerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of defaults against transformers' configuration classes (hub-defaults/make.py). */
class HubDefaultsTest {
    private static JsonNode fixture() throws IOException {
        Path file = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/hub-defaults/defaults.json");
        return new ObjectMapper().readTree(file.toFile());
    }

    static Stream<String> families() {
        return HubArchitecture.all().keySet().stream();
    }

    @Test
    void theTableNamesItsVersionAndEveryFamily() throws IOException {
        assertThat(HubDefaults.TRANSFORMERS)
                .isEqualTo(fixture().path("transformers").asText());
        assertThat(HubDefaults.modelTypes()).isEqualTo(HubArchitecture.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFieldHasItsFamilysDefault(String family) throws IOException {
        JsonNode theirs = fixture().path(family);
        HubDefaults ours = HubDefaults.of(family);
        for (String field : ours.fields()) {
            JsonNode their = theirs.path(field);
            assertThat(their.isObject()).as(field).isTrue();
            JsonNode mine = ours.value(field);
            if (mine.isNumber()) {
                assertThat(mine.doubleValue())
                        .as(field)
                        .isEqualTo(their.path("missing").doubleValue());
            } else {
                assertThat(mine).as(field).isEqualTo(their.path("missing"));
            }
            assertThat(ours.mayBeNull(field))
                    .as(field + " null")
                    .isEqualTo(their.path("null").asText().equals("allowed"));
        }
    }

    private static TransformerConfig read(String family, ObjectNode fields) {
        fields.put("model_type", family);
        ConfigJson json = ConfigJson.of(Path.of("config.json"), fields);
        ForeignFields.check(json);
        TransformerConfig config =
                Objects.requireNonNull(HubArchitecture.of(family)).config(json);
        json.check();
        return config;
    }

    /** A config.json that says nothing but its family is a whole configuration, as it is for transformers. */
    @ParameterizedTest
    @CsvSource({
        "llama, 32, 4096, 2048, 32000, 32, 11008, SILU, 1e-6",
        "mistral, 32, 4096, 131072, 32000, 8, 14336, SILU, 1e-6",
        "qwen2, 32, 4096, 32768, 151936, 32, 22016, SILU, 1e-6",
        "qwen3, 32, 4096, 32768, 151936, 32, 22016, SILU, 1e-6",
        "gemma2, 26, 2304, 8192, 256000, 4, 9216, GELU_NEW, 1e-6",
        "gemma3_text, 26, 2304, 131072, 262208, 4, 9216, GELU_NEW, 1e-6",
        "olmo2, 32, 4096, 2048, 50304, 32, 11008, SILU, 1e-5",
        "phi3, 32, 3072, 4096, 32064, 32, 8192, SILU, 1e-5",
        "phi, 24, 2048, 2048, 51200, 32, 8192, GELU_NEW, 1e-5",
        "stablelm, 32, 2560, 4096, 50304, 32, 6912, SILU, 1e-5",
        "glm, 40, 4096, 131072, 151552, 2, 13696, SILU, 1.5625e-7",
        "gemma, 28, 3072, 8192, 256000, 16, 24576, GELU_NEW, 1e-6",
        "gptj, 28, 4096, 2048, 50400, 16, 16384, GELU_NEW, 1e-5",
        "gpt2, 12, 768, 1024, 50257, 12, 3072, GELU_NEW, 1e-5",
        "gpt_neox, 44, 6144, 2048, 50432, 64, 24576, GELU, 1e-5",
        "gpt_neo, 24, 2048, 2048, 50257, 16, 8192, GELU_NEW, 1e-5",
        "opt, 12, 768, 2048, 50272, 12, 3072, RELU, 1e-5",
    })
    void aFamilyAloneIsAConfiguration(
            String family,
            int layers,
            int d,
            int context,
            int vocabulary,
            int keys,
            int mlp,
            Activation act,
            double eps) {
        TransformerConfig c = read(family, JsonNodeFactory.instance.objectNode());
        assertThat(c.nLayers()).isEqualTo(layers);
        assertThat(c.dModel()).isEqualTo(d);
        assertThat(c.nCtx()).isEqualTo(context);
        assertThat(c.dVocab()).isEqualTo(vocabulary);
        assertThat(c.nKeyValueHeads()).isEqualTo(keys);
        assertThat(c.dMlp()).isEqualTo(mlp);
        assertThat(c.actFn()).isEqualTo(act);
        assertThat(c.eps()).isEqualTo(eps);
        boolean windowed = family.equals("mistral") || family.startsWith("gemma") && !family.equals("gemma");
        assertThat(c.windowSize()).isEqualTo(windowed ? 4096 : family.equals("gpt_neo") ? 256 : -1);
        assertThat(c.rotaryDim()).isEqualTo(family.equals("gpt_neox") ? 24 : c.rotaryDim());
    }

    @Test
    void nullIsWhatTransformersMakesOfIt() {
        JsonNodeFactory make = JsonNodeFactory.instance;
        assertThat(read("mistral", make.objectNode().putNull("sliding_window")).useLocalAttn())
                .isFalse();
        assertThat(read("qwen2", make.objectNode().put("num_attention_heads", 8).putNull("num_key_value_heads"))
                        .nKeyValueHeads())
                .isEqualTo(8);
        assertThatThrownBy(() -> read("llama", make.objectNode().putNull("rms_norm_eps")))
                .hasMessageContaining("'rms_norm_eps' is null, which is not allowed; left out, it defaults to 1.0E-6");
    }

    @Test
    void otherNamesOfAFieldAreRead() {
        JsonNodeFactory make = JsonNodeFactory.instance;
        assertThat(read("gpt2", make.objectNode().put("num_attention_heads", 6)).nHeads())
                .isEqualTo(6);
        assertThatThrownBy(() -> read(
                        "gpt2", make.objectNode().put("num_attention_heads", 6).put("n_head", 4)))
                .hasMessageContaining(
                        "'n_head' is 4 and 'num_attention_heads' is 6, which are two names for the " + "same field");
    }
}
