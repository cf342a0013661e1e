package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnnamedModelTest {
    private static final String SEEDS =
            "activation.\n\nModel: lang-gelu-1l seed 0 and 2 more (axis seed). Dataset: lang (no BOS token).";

    @Test
    void theDescriptionNamesTheFirstModelAndTheNameItsSeed() {
        assertThat(UnnamedModel.named("", "shown@seed 2", SEEDS)).isEqualTo("lang-gelu-1l seed 2");
        assertThat(UnnamedModel.named("", "tokens", "d\n\nModel: stories260k. Dataset: text."))
                .isEqualTo("stories260k");
        assertThat(UnnamedModel.named("", "pairs", "d\n\nModel: m from m.Q4_1.gguf. Computed from weights alone."))
                .isEqualTo("m from m.Q4_1.gguf");
    }

    @Test
    void aStoredModelStays() {
        assertThat(UnnamedModel.named("gpt2", "shown@seed 2", SEEDS)).isEqualTo("gpt2");
    }

    @Test
    void nothingIsGuessed() {
        assertThat(UnnamedModel.named("", "shown", SEEDS)).isEmpty();
        assertThat(UnnamedModel.named("", "shown@model a", SEEDS)).isEmpty();
        assertThat(UnnamedModel.named("", "shown@seed 1", "")).isEmpty();
    }
}
