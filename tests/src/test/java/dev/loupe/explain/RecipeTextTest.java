package dev.loupe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTextTest {
    private static final String CARD = """
            card: trained
            title: Mine
            architecture:
              transformer: {n_layers: 1, d_model: 4, n_heads: 2, n_ctx: 8, d_vocab: 9, attn_only: true}
            recipe:
              data: {generator: repeated-tokens, period: 3, length: 8}
              batch: 4
              steps: 3
              optimizer: {kind: sgd, learning-rate: 1e-3}
              seeds: [0, 1]
            """;

    @TempDir
    Path folder;

    /** Each card once, whatever its seeds, and the card that another begins with. */
    @Test
    void noiseAndPenaltiesAreNamed() throws IOException {
        Files.writeString(folder.resolve("plain.yaml"), CARD);
        Files.writeString(folder.resolve("noisy.yaml"), CARD + "  embedding-noise: 0.5\n");
        Files.writeString(folder.resolve("tuned.yaml"), CARD + """
                  from: {card: noisy}
                  embedding-noise: 2
                  penalty: {site: L0.resid_post, direction: {numbers: [0, 1, 0, 0]}, weight: 3}
                """);
        Path spec = Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: {plain: {card: plain}, tuned: {card: tuned, seeds: [0, 1]}, untrained: {reinitialise: tuned, seeds: [5]}}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 4, seed: 1}
                metric: loss
                measure: {m: {evaluate: default, model: tuned}}
                """);
        assertThat(RecipeText.of(new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of(folder)))
                        .check()
                        .experiment()))
                .isEqualTo("""
                        tuned is trained with noise of standard deviation 2.0 on the embedding and a penalty of weight 3.0 along a \
                        direction at blocks.0.hook_resid_post
                        noisy is trained with noise of standard deviation 0.5 on the embedding
                        """);
    }
}
