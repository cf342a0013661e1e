package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.resolve.model.ModelInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands before a text: the spec's word, else the card's, else the tokenizer's habit. */
class BosPolicyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "required, false, policy, 6",
        "required, true,  policy, 6",
        "none,     false, policy, -1",
        "none,     true,  policy, -1",
        "optional, false, policy, -1",
        "optional, true,  policy, 6",
        "required, true,  none,   -1",
        "none,     false, 3,      3",
    })
    void theSpecGoesBeforeTheCardAndTheCardBeforeTheTokenizer(String card, boolean adds, String spec, int first)
            throws IOException {
        Path model = Files.createDirectories(folder.resolve("models/tiny"));
        Path gpt2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(gpt2.resolve(name), model.resolve(name));
        }
        Files.writeString(model.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "normalizer": null,
                 "added_tokens": [{"id": 6, "content": "<bos>", "special": true, "single_word": false, "lstrip": false,
                   "rstrip": false, "normalized": false}],
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<unk>",
                   "vocab": {"<unk>": 0, "the": 1, "cat": 2, "sat": 3, "on": 4, "mat": 5, "<bos>": 6}}}
                """);
        Files.writeString(
                model.resolve("tokenizer_config.json"), "{\"bos_token\": \"<bos>\", \"add_bos_token\": " + adds + "}");
        Files.writeString(folder.resolve("models/family.yaml"), """
                card: public
                title: a tiny model
                licence: none
                bos: %s
                models:
                  tiny:
                    repository: someone/tiny
                    config: {n_layers: 2, d_model: 32, n_heads: 4, d_mlp: 64, n_ctx: 24, d_vocab: 61, act_fn: gelu_new}
                """.formatted(card));
        Path file = Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: tiny
                dataset: {generator: text, text: the cat sat, bos: %s}
                metric: loss
                """.formatted(spec));
        ModelCatalog catalog = new ModelCatalog(List.of(folder.resolve("models")));
        Experiment experiment =
                new SpecFile(file, folder, null, List.of(), catalog).check().experiment();
        ModelInstance unit = experiment.models().values().iterator().next().first();
        int[] row = experiment.rows().of("default", unit).rows().tokens()[0];
        assertThat(row).isEqualTo(first < 0 ? new int[] {1, 2, 3} : new int[] {first, 1, 2, 3});
    }
}
