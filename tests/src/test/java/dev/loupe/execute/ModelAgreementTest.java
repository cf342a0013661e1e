package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelAgreementTest {
    @TempDir
    Path folder;

    private static final String ROWS = """
            dataset: {generator: planted-language, rows: 40, seed: 5}
            """;

    @Test
    void aModelAgreesWithItselfBitForBit() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  twins: {card: lang-gelu-1l, seeds: [0, 1]}
                  one: {card: lang-gelu-1l, seeds: [0]}
                  counts: {ngram: counted, order: 2, like: one}
                measure:
                  pairs: {agreement: twins, model: twins, dataset: rows}
                  bigram: {agreement: counts, model: one, dataset: rows}
                dataset:
                  rows: {generator: planted-language, rows: 40, seed: 5}
                  counted: {generator: planted-language, rows: 200, seed: 6}
                """)) {
            result = lab.result();
        }
        NamedArray js = Laboratory.numbers(result, "pairs.js");
        assertThat(NamedArray.describe(js.axes())).isEqualTo("[seed 2, with-seed 2]");
        assertThat(js.data()[0]).as("bit for bit").isZero();
        assertThat(js.data()[3]).as("bit for bit").isZero();
        assertThat(js.data()[1]).isBetween(1e-4, Math.log(2)).isEqualTo(js.data()[2], within(1e-12));
        assertThat(Laboratory.numbers(result, "pairs.top-1").data()[0]).isEqualTo(1);
        assertThat(Laboratory.numbers(result, "pairs.top-5").data()[0]).isEqualTo(1);
        assertThat(Laboratory.numbers(result, "pairs.loss-correlation").data()[0])
                .isEqualTo(1, within(1e-9));
        assertThat(Laboratory.numbers(result, "pairs.ensemble-gain").data()[0]).isEqualTo(0, within(1e-12));
        assertThat(Laboratory.numbers(result, "pairs.ensemble-gain").data()[1]).isNegative();
        assertThat(Laboratory.numbers(result, "bigram.js").data()[0])
                .as("seeds agree more than a model with counts of pairs")
                .isGreaterThan(js.data()[1]);
    }

    /** Nothing else is measured in it, so that nothing else would train it. */
    @Test
    void aModelThatIsOnlyComparedWithIsTrainedBeforeTheRun() throws IOException {
        Path card = Files.createDirectories(folder.resolve("tiny")).resolve("card.yaml");
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: A few steps
                architecture:
                  transformer: {n_layers: 1, d_model: 8, n_heads: 1, n_ctx: 12, d_vocab: 8, attn_only: true}
                recipe:
                  data: {generator: repeated-tokens, period: 3, length: 8, bos: 7}
                  batch: 4
                  steps: 3
                  optimizer: {kind: adamw, learning-rate: 1.0e-3}
                  seeds: [0, 1]
                """);
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  tiny: {card: tiny, seeds: [0, 1]}
                  drawn: {reinitialise: tiny, seeds: 5}
                dataset: {generator: repeated-tokens, period: 3, length: 8, bos: 7, rows: 6, seed: 1}
                measure: {pair: {agreement: tiny, model: drawn}}
                """, folder)) {
            result = lab.result();
        }
        assertThat(Laboratory.numbers(result, "pair.js").data()).hasSize(2).doesNotContain(0);
        assertThat(result.provenance().hashes()).containsKeys("weights/tiny seed 0", "weights/tiny seed 1");
    }

    @Test
    void modelsOfOtherVocabulariesAreRefused() {
        assertThatThrownBy(() -> new Laboratory(folder, """
                loupe: 1
                model: {a: {card: lang-gelu-1l, seeds: [0]}, b: {card: induction-2l, seeds: [0]}}
                measure: {pair: {agreement: b, model: a}}
                """ + ROWS)).hasMessageContaining("token by token");
        assertThatThrownBy(() -> new Laboratory(folder, """
                loupe: 1
                model: {a: {card: lang-gelu-1l, seeds: [0]}}
                measure: {pair: {agreement: c, model: a}}
                """ + ROWS)).hasMessageContaining("`c`");
    }
}
