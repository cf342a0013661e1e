package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.schema.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a model card that a spec names. */
class BadCardTest {
    @TempDir
    Path folder;

    @Test
    void everyProblemOfACardIsToldAtItsPlaceInTheCard() throws IOException {
        Path card = Files.createDirectories(folder.resolve("models/mine")).resolve("card.yaml");
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Mine
                architecture:
                  transformer: {n_layers: 1, d_model: 16, n_heads: 2, n_ctx: 16, d_vocab: 12, attn_onlyy: true}
                recipe:
                  data: {generator: repeated-tokens, period: 2..5, length: 16}
                  batch: 16
                  steps: 30
                  optimizer: {kind: sdg, learning-rate: 1e-3}
                  seeds: [0]
                """);
        Path spec = Files.writeString(folder.resolve("a.yaml"), """
                loupe: 1
                model: mine
                dataset: {generator: repeated-tokens, period: 2..5, length: 16, rows: 8, seed: 1}
                metric: loss
                """);
        ModelCatalog catalog = new ModelCatalog(List.of(folder.resolve("models")));
        SpecException e = catchThrowableOfType(
                SpecException.class, () -> new SpecFile(spec, folder, null, List.of(), catalog).check());
        assertThat(e.problems())
                .extracting(p -> p.mark().toString().replace(folder + "/", "") + " " + p.code())
                .containsExactly("models/mine/card.yaml:5:79 unknown-key", "models/mine/card.yaml:10:21 unknown-word");
    }
}
