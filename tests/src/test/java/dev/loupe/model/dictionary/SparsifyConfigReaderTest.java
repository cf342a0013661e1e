package dev.loupe.model.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are written by eai-sparsify 1.3.3. */
class SparsifyConfigReaderTest {
    private static final Path FOLDER = DictionaryTest.FOLDER.resolve("sparsify");
    private static final StatedHooks MLP = StatedHooks.of("the spec", "blocks.1.hook_mlp_out", "");

    @TempDir
    Path folder;

    private Path changed(Consumer<ObjectNode> change) throws IOException {
        Path from = FOLDER.resolve("layers.1.mlp");
        ObjectMapper json = new ObjectMapper();
        ObjectNode config = (ObjectNode) json.readTree(from.resolve("cfg.json").toFile());
        change.accept(config);
        Path own = Files.createDirectories(folder.resolve("layers.7"));
        Files.writeString(own.resolve("cfg.json"), json.writeValueAsString(config));
        Files.write(own.resolve("sae.safetensors"), Files.readAllBytes(from.resolve("sae.safetensors")));
        return own;
    }

    private void refused(Consumer<ObjectNode> change, String... words) throws IOException {
        Path own = changed(change);
        assertThatThrownBy(() -> DictionaryFolder.open(own, MLP, null)).hasMessageContainingAll(words);
    }

    @Test
    void theLargestOfWhatIsReadWithoutTheDecodersBias() {
        DictionaryConfig config =
                DictionaryFolder.open(FOLDER.resolve("layers.1.mlp"), MLP, null).config();
        assertThat(config.kind()).isEqualTo(DictionaryKind.TOPK);
        assertThat(config.active()).isEqualTo(6);
        assertThat(config.centred()).isTrue();
        assertThat(config.features()).isEqualTo(48);
        assertThat(config.reads().name()).isEqualTo("blocks.1.hook_mlp_out");
        assertThat(DictionaryFolder.open(
                                FOLDER.resolve("layers.1"), StatedHooks.of("x", "blocks.1.hook_resid_post", ""), null)
                        .config()
                        .features())
                .as("twice the width, as expansion_factor says")
                .isEqualTo(64);
    }

    @Test
    void theFolderNamesTheActivationOfTheExample() throws IOException {
        assertThatThrownBy(() -> DictionaryFolder.open(FOLDER.resolve("layers.1.mlp")))
                .hasMessageContaining("reads: blocks.1.hook_mlp_out}");
        Path own = changed(c -> {});
        assertThatThrownBy(() -> DictionaryFolder.open(own)).hasMessageContaining("reads: blocks.7.hook_resid_post}");
    }

    @Test
    void everyKeyIsObeyedOrRefused() throws IOException {
        refused(c -> c.put("transcode", true), "'transcode' is true", "the norm with its gain");
        refused(c -> c.put("skip_connection", true), "'skip_connection' is true");
        refused(c -> c.put("signed", true), "'signed' is true");
        refused(c -> c.put("activation", "groupmax"), "'activation' is \"groupmax\"");
        refused(c -> c.put("frobnicate", 1), "'frobnicate' is not known");
        refused(c -> c.put("k", 49), "'k' must be a whole number from 1 to 48");
        refused(c -> c.put("d_in", 16), "encoder.weight is [48, 32], not [48, 16] as cfg.json says");
        refused(c -> c.put("num_latents", -1), "'num_latents' must be a whole number");
        refused(c -> c.put("num_latents", 0).put("expansion_factor", 1 << 30), "'expansion_factor' must be");
        assertThat(DictionaryFolder.open(changed(c -> c.put("signed", false).put("multi_topk", true)), MLP, null)
                        .config()
                        .active())
                .isEqualTo(6);
    }
}
