package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPattern;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final Path PARITY =
            Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/llama-gqa");

    @TempDir
    Path folder;

    @Test
    void writesEveryHookOnceAndThoseOnRequestWhenNamed() throws IOException {
        int[][] tokens = {{1, 2, 3}, {4, 5, 6}};
        Path out = folder.resolve("all.safetensors");
        try (NDManager manager = Backend.cpu()) {
            int count = new Trace(PARITY, tokens, Processing.ofTransformerLens(), List.of()).write(out, manager);
            SafetensorsFile file = SafetensorsFile.open(out);
            assertThat(file.names()).hasSize(count + 2).contains("logits", "tokens", "blocks.1.attn.hook_rot_k");
            assertThat(file.names()).doesNotContain("blocks.0.attn.hook_result");
            assertThat(file.tensor("tokens").longs()).containsExactly(1, 2, 3, 4, 5, 6);
            List<HookPattern> named = List.of(new HookPattern("blocks.*.attn.hook_result"), new HookPattern("*hook_z"));
            assertThat(new Trace(PARITY, tokens, Set.of(), named).write(out, manager))
                    .isEqualTo(4);
            assertThat(SafetensorsFile.open(out)
                            .tensor("blocks.0.attn.hook_result")
                            .shape())
                    .containsExactly(2, 3, 4, 32);
        }
    }

    @Test
    void inputThatDoesNotFitTheModelIsTheUsersError() {
        try (NDManager manager = Backend.cpu()) {
            Path out = folder.resolve("none.safetensors");
            assertThatThrownBy(() -> new Trace(PARITY, new int[][] {{1, 61}}, Set.of(), List.of()).write(out, manager))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("id 61");
            assertThatThrownBy(() ->
                            new Trace(PARITY, new int[][] {{1, 2}, {3}}, Set.of(), List.of()).write(out, manager))
                    .hasMessageContaining("row 1 has 1");
            assertThatThrownBy(() -> new Trace(
                                    PARITY, new int[][] {{1}}, Set.of(), List.of(new HookPattern("hook_pos_embed")))
                            .write(out, manager))
                    .hasMessageContaining("matches no hook point");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void theStoriesModelGivesFiniteLogits() throws IOException {
        String models = System.getenv("LOUPE_MODELS");
        Assumptions.assumeTrue(models != null, "LOUPE_MODELS is not set: the stories model is not tested");
        Path out = folder.resolve("stories.safetensors");
        try (NDManager manager = Backend.cpu()) {
            Path model = Path.of(models, "stories260k");
            new Trace(model, new int[][] {{1, 403, 407, 261}}, Set.of(), List.of(new HookPattern("*hook_resid_post")))
                    .write(out, manager);
        }
        float[] logits = SafetensorsFile.open(out).tensor("logits").floats();
        assertThat(logits).hasSize(4 * 512);
        for (float logit : logits) {
            assertThat(Math.abs(logit)).isLessThan(100f);
        }
    }
}
