package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.SpecException;
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

    /** Found by drawing a few rows, before any step is trained. */
    @Test
    void aRecipeWhoseDataDoNotFitIsToldSoAtItsPlace() throws IOException {
        String card = """
                card: trained
                title: Mine
                architecture:
                  transformer: {n_layers: 1, d_model: 16, n_heads: 2, n_ctx: 12, d_vocab: 12, attn_only: true}
                recipe:
                  data: {generator: repeated-tokens, period: 2..5, length: 16}
                  loss-on: second-halv
                  batch: 16
                  steps: 30
                  optimizer: {kind: sgd, learning-rate: 1e-3}
                  checkpoints: {at: [0, 500]}
                  seeds: [0]
                """;
        assertThat(problems(card))
                .containsExactly(
                        "6:9 error[bad-dataset] rows have up to 16 positions, more than n_ctx, which is 12",
                        "7:12 error[bad-dataset] the rows have no position class `second-halv`; did you mean `second-half`?",
                        "11:21 error[out-of-range] there is no step 500 among 30");
        assertThat(problems(card.replace("d_model: 16", "d_model: -32")))
                .singleElement()
                .satisfies(p -> assertThat(p).startsWith("4:").contains("d_model"));
    }

    private List<String> problems(String text) throws IOException {
        Path card = Files.writeString(folder.resolve("card.yaml"), text);
        SpecException e = catchThrowableOfType(SpecException.class, () -> dev.loupe.model.card.CardFile.read(card));
        return e.problems().stream()
                .map(p -> p.toString().substring(p.toString().indexOf("card.yaml:") + "card.yaml:".length()))
                .toList();
    }

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
