package dev.loupe.model.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GemmaScopeReaderTest {
    static final Path ONE = DictionaryTest.FOLDER.resolve("gemma-scope/layer_1");
    static final Path TRANSCODER = DictionaryTest.FOLDER.resolve("gemma-scope/transcoder");

    private static DictionaryFolder open(Path folder, String reads, String writes) {
        return DictionaryFolder.open(folder, StatedHooks.of("the spec", reads, writes), null);
    }

    @Test
    void sizesComeFromTheWeightsAndTheActivationFromTheSpec() {
        DictionaryConfig config = open(ONE, "blocks.1.hook_resid_post", "").config();
        assertThat(config.kind()).isEqualTo(DictionaryKind.JUMPRELU);
        assertThat(config.in()).isEqualTo(32);
        assertThat(config.features()).isEqualTo(48);
        assertThat(config.centred()).isFalse();
        assertThat(config.reads().name()).isEqualTo("blocks.1.hook_resid_post");
        assertThat(config.writes()).isEqualTo(config.reads());
        DictionaryConfig other = open(TRANSCODER, "blocks.1.ln2.hook_normalized", "blocks.1.hook_mlp_out")
                .config();
        assertThat(other.kind()).isEqualTo(DictionaryKind.JUMPRELU_TRANSCODER);
        assertThat(other.writes().name()).isEqualTo("blocks.1.hook_mlp_out");
        assertThat(other.out()).isEqualTo(32);
    }

    @Test
    void whatNobodySaysIsAskedForWithTheLayerOfTheFolder() {
        assertThatThrownBy(() -> DictionaryFolder.open(ONE))
                .hasMessageContainingAll("params.npz", "reads: blocks.1.hook_resid_post}", "in a card");
    }

    @Test
    void whatTheActivationIsDecidesWhatIdentifiesIt() {
        assertThat(open(ONE, "blocks.1.hook_resid_post", "").hash())
                .isNotEqualTo(open(ONE, "blocks.1.hook_resid_pre", "").hash())
                .isEqualTo(open(ONE, "blocks.1.hook_resid_post", "blocks.1.hook_resid_post")
                        .hash());
    }

    @Test
    void tensorsThatDoNotFitAreRefused(@TempDir Path folder) throws Exception {
        Files.copy(DictionaryTest.FOLDER.resolve("../npz/arrays.npz"), folder.resolve("params.npz"));
        assertThatThrownBy(() -> open(folder, "blocks.1.hook_resid_post", ""))
                .hasMessageContainingAll("has no W_enc", "has no W_dec");
    }
}
