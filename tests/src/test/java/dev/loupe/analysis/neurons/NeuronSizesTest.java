package dev.loupe.analysis.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What would not fit into memory is refused before it runs: the largest that fits, and one row, group or position more. Two layers
 * of 25,000 neurons with a residual stream of 12,500 numbers, none of them made.
 */
class NeuronSizesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void card() throws IOException {
        Path card = folder.resolve("wide/card.yaml");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Two layers of many neurons
                architecture:
                  transformer: {n_layers: 2, d_model: 12500, n_heads: 2, d_mlp: 25000, n_ctx: 64, d_vocab: 202, act_fn: gelu, normalization_type: LN}
                recipe:
                  data: {generator: planted-language}
                  batch: 4
                  steps: 1
                  optimizer: {kind: adamw, learning-rate: 2.0e-3}
                  seeds: [0]
                """);
    }

    private static String spec(String measure, int count) {
        return """
                loupe: 1
                model: {card: wide, seeds: 0}
                dataset:
                  text: {generator: planted-language, rows: 20, seed: 5}
                  short: {generator: repeated-tokens, period: 2, length: 4, ids: 0..9, rows: ROWS, seed: 1}
                  other: {generator: repeated-tokens, period: 2, length: 4, ids: 0..9, rows: ROWS, seed: 2}
                  grid: {generator: language-grid, pairs: words, groups: ROWS, seed: 4}
                measure:
                  it: {MEASURE}
                """.replace("MEASURE", measure).replace("ROWS", Integer.toString(count));
    }

    /**
     * Bytes are 4 for each sampled activation, up to 1500 MB; 16 for each number of a row, a group or a class, up to 1000 or 1500
     * MB. Of {@code drawn} positions every row gives equally many.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 16 x 750 x 2 layers x 5 classes x 12,500 numbers = 1500 MB.
                "class-geometry: resid_post, classes: {ids: [1, 2, 3, 4, 5]}, of: END, dataset: short | 750 | 751 | 1502 MB, and at most 1500",
                // 16 x 2500 x 2 layers x 12,500 numbers = 1000 MB, of 25,000 neurons 1250 rows.
                "similarity: resid_post, other: other, seed: 1, dataset: short | 2500 | 2501 | 1000 MB, and at most 1000",
                "similarity: mlp.post, other: other, seed: 1, dataset: short | 1250 | 1251 | 1000 MB, and at most 1000",
                // A group is one of four rows with two factors, of two with one, and one more for what is left:
                // 16 x 250 groups x 5 parts x 2 layers x 25,000 neurons = 1000 MB.
                "contrast: mlp.post, factors: [first, second], dataset: grid | 249 | 250 | 1004 MB, and at most 1000",
                "contrast: mlp.post, factors: first, dataset: grid | 124 | 125 | 1004 MB, and at most 1000",
                // 4 x 7500 positions x 2 layers x 25,000 neurons = 1500 MB; 375 or 376 of each of 20 rows.
                "distribution: skew, sample: {count: COUNT, per-row: 1000, seed: 1}, dataset: text | 7500 | 7501 | 1504 MB, and at most 1500",
                "label-search: mid-word, seed: 1, sample: {count: COUNT, per-row: 1000, seed: 1}, dataset: text | 7500 | 7501 | 1504 MB, and at most 1500",
                // 12,500 numbers of the residual stream.
                "probe: mid-word, seed: 1, sample: {count: COUNT, per-row: 1000, seed: 1}, dataset: text | 15000 | 15001 | 1502 MB, and at most 1500"
            })
    void oneMoreDoesNotFit(String measure, int most, int more, String said) {
        assertThatCode(() -> Specs.plan(folder, spec(measure.replace("COUNT", "" + most), most)))
                .doesNotThrowAnyException();
        assertThat(Specs.refusal(folder, spec(measure.replace("COUNT", "" + more), more)))
                .contains(said);
    }

    /** Statistics of two scalars of each token take no such room. */
    @Test
    void scalarsOfTokensAreFew() {
        assertThatCode(() -> Specs.plan(folder, spec("""
                distribution: skew, of: [normal, laplace], sample: {count: 7501, per-row: 1000, seed: 1}, dataset: text""", 1))).doesNotThrowAnyException();
    }
}
