package dev.loupe.model.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a spec or a card says must not contradict files, and must be a place where a dictionary can be. */
class StatedHooksTest {
    private static void refused(String folder, String reads, String writes, String... words) {
        Path own = DictionaryTest.FOLDER.resolve(folder);
        assertThatThrownBy(() -> DictionaryFolder.open(own, StatedHooks.of("the spec", reads, writes), null))
                .hasMessageContainingAll(words);
    }

    @Test
    void filesThatSayAnotherActivationGoBeforeIt() {
        refused(
                "standard",
                "blocks.5.hook_mlp_out",
                "",
                "is for blocks.0.hook_resid_post, but the spec says that it reads blocks.5.hook_mlp_out");
        refused("transcoder", "", "blocks.3.hook_mlp_out", "but the spec says that it writes blocks.3.hook_mlp_out");
        assertThat(DictionaryFolder.open(
                                DictionaryTest.FOLDER.resolve("standard"),
                                StatedHooks.of("the spec", "blocks.0.hook_resid_post", ""),
                                null)
                        .config()
                        .features())
                .isEqualTo(24);
    }

    @Test
    void onlyPlacesOfOneVectorForEachPositionAreTaken() {
        refused("gemma-scope/layer_1", "hook_embed", "", "says that it reads hook_embed; a dictionary can be at");
        refused("gemma-scope/layer_1", "blocks.1.attn.hook_pattern", "", "a dictionary can be at");
        refused("sparsify/layers.1", "blocks.1.ln2.hook_normalized", "", "a dictionary can be at");
        refused("dictionary-learning/AutoEncoder", "blocks.1.attn.hook_pattern", "", "a dictionary can be at");
        refused(
                "gemma-scope/transcoder",
                "blocks.1.hook_resid_pre",
                "blocks.1.hook_mlp_out",
                "says that it reads blocks.1.hook_resid_pre; a transcoder can be at");
        refused(
                "gemma-scope/transcoder",
                "blocks.1.ln2.hook_normalized",
                "blocks.0.hook_mlp_out",
                "can write blocks.1.hook_mlp_out");
    }

    @Test
    void wordsAreHookPoints() {
        assertThatThrownBy(() -> StatedHooks.of("the spec", "resid-post 12", ""))
                .hasMessageContaining("`reads` is a hook point such as blocks.6.hook_resid_pre, not \"resid-post 12\"");
        assertThatThrownBy(() -> StatedHooks.of("the spec", "", "12")).hasMessageContaining("`writes` is a hook point");
    }
}
