package dev.loupe.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that a file may have its tensors under, and those that are refused. */
class HubNamesTest {
    @TempDir
    Path folder;

    /** Copies a fixture with other names; a name that becomes empty is left out. */
    private ModelFolder renamed(String fixture, boolean tied, UnaryOperator<String> name) throws IOException {
        Path from = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", fixture);
        String json = Files.readString(from.resolve("config.json"));
        Files.writeString(
                folder.resolve("config.json"),
                tied ? json.replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true") : json);
        SafetensorsFile file = SafetensorsFile.open(from.resolve("model.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String own : file.names()) {
            String other = name.apply(own);
            if (!other.isEmpty()) {
                Tensor tensor = file.tensor(own);
                out.floats(other, tensor.shape(), tensor.floats());
            }
        }
        out.write(folder.resolve("model.safetensors"));
        return ModelFolder.open(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_orig_mod.", "module.", "module._orig_mod.", "transformer.", "model."})
    void aPrefixBeforeAllNamesIsLeftOutAndSaid(String prefix) throws IOException {
        ModelFolder folder = renamed("llama-gqa", false, name -> prefix + name);
        assertThat(folder.prefix()).isEqualTo(prefix);
        assertThat(folder.origin()).contains(prefix);
        assertThat(folder.weights().read("unembed.W_U")).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-neox", "gpt-neo-local", "opt"})
    void everyFamilyMayBeWrapped(String fixture) throws IOException {
        assertThat(renamed(fixture, false, name -> "_orig_mod." + name).prefix())
                .isEqualTo("_orig_mod.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_orig_mod.", "module."})
    void aPrefixBeforeSomeNamesIsRefusedByName(String prefix) {
        assertThatThrownBy(() -> renamed("llama-gqa", false, n -> n.startsWith("lm_head") ? n : prefix + n))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("the prefix '" + prefix + "' is in ")
                .hasMessageContaining("missing from lm_head.weight");
    }

    /** Where the two are tied, the matrix may lie under the name of either. */
    @ParameterizedTest
    @CsvSource({
        "llama-gqa, model.embed_tokens.weight, lm_head.weight",
        "gpt2, transformer.wte.weight, lm_head.weight",
        "gpt-neo-local, transformer.wte.weight, lm_head.weight",
        "gpt-neox, gpt_neox.embed_in.weight, embed_out.weight",
        "gpt-neox, gpt_neox.embed_in.weight, lm_head.weight",
        "opt, model.decoder.embed_tokens.weight, lm_head.weight",
    })
    void eitherNameOfTiedWeightsServes(String fixture, String embedding, String head) throws IOException {
        float[] stored = SafetensorsFile.open(
                        Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", fixture)
                                .resolve("model.safetensors"))
                .tensor(embedding)
                .floats();
        ModelFolder folder = renamed(
                fixture,
                true,
                n -> n.equals(embedding) ? head : n.startsWith("lm_head") || n.startsWith("embed_out") ? "" : n);
        assertThat(folder.tied()).isTrue();
        assertThat(folder.weights().read("embed.W_E")).isEqualTo(stored);
        try (NDManager manager = Backend.cpu();
                Transformer model = folder.load(Set.of(), manager)) {
            assertThat(model.config().dVocab()).isPositive();
        }
    }
}
