package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terms of attention scores, on heads planted by hand and on every kind of attention. */
class ScoreDecompositionTest {
    @TempDir
    Path folder;

    private NamedArray run(String model, String dataset, String heads) {
        String yaml = """
                loupe: 1
                model: %s
                dataset: %s
                measure: {s: {score-decomposition: %s}}
                """.formatted(model, dataset, heads);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult result = lab.result();
            return Laboratory.numbers(result, "s");
        }
    }

    private static double at(NamedArray all, String key, String term) {
        return all.at("key", all.axis("key").labels().indexOf(key))
                .at("term", all.axis("term").labels().indexOf(term))
                .at("scored_head", 0)
                .value();
    }

    @Test
    void thePlantedHeadMatchesTokensAndRefusesItsOwnPosition() {
        NamedArray s = run(
                "{plant: heads, vocabulary: 16, context: 32}",
                "{generator: repeated-tokens, period: 7, length: 16, bos: 15, rows: 8, seed: 3}",
                "L0H1");
        double match = at(s, "copy", "token.token");
        assertThat(match).isGreaterThan(10);
        assertThat(at(s, "self", "token.token")).isEqualTo(match, within(1e-4));
        assertThat(at(s, "other", "token.token")).isZero();
        assertThat(at(s, "self", "position.position")).isEqualTo(-2 * match, within(1e-4));
        assertThat(at(s, "copy", "position.position")).isZero();
        assertThat(at(s, "self", "total")).isEqualTo(-match, within(1e-4));
        assertThat(at(s, "copy", "total")).isEqualTo(match, within(1e-4));
        assertThat(at(s, "first", "total")).isZero();
        assertThat(at(s, "copy", "rest.rest")).isZero();
    }

    /** The analysis itself fails where its terms are not the score: LayerNorm, RMS norm, biases, rotation, no scale. */
    @ParameterizedTest
    @CsvSource({
        "gpt2, 0, 10",
        "gpt2, 1, 17",
        "gpt-neox, 0, 6",
        "gpt-neox, 1, 11",
        "llama-gqa, 1, 11",
        "gpt-neo-local, 1, 17",
        "tl-attn-only, 1, 10"
    })
    void theTermsSumToTheScore(String model, int layer, int terms) {
        NamedArray s = run(
                "{folder: \"" + Specs.HOME.resolve("tests/src/test/resources/parity/" + model) + "\"}",
                "{generator: duplicate-tokens, length: 10, duplicates: 3, rows: 4, seed: 2}",
                "[L" + layer + "H0, L" + layer + "H1]");
        NamedArray copies = s.at("key", s.axis("key").labels().indexOf("copy"));
        for (int head = 0; head < 2; head++) {
            double[] values = copies.at("scored_head", head).data();
            assertThat(values).hasSize(terms);
            double sum = 0;
            double scale = 1;
            for (int t = 1; t < values.length; t++) {
                sum += values[t];
                scale = Math.max(scale, Math.abs(values[t]));
            }
            assertThat(sum).isEqualTo(values[0], within(1e-4 * scale));
        }
    }

    @Test
    void headsOfTwoLayersAreRefused() {
        assertThatThrownBy(() -> run(
                        "{plant: heads, vocabulary: 16, context: 32}",
                        "{generator: repeated-tokens, period: 7, length: 16, bos: 15, rows: 8, seed: 3}",
                        "[L0H1, L1H0]"))
                .hasMessageContaining("heads of one layer at a time");
    }

    /** Rows of a batch do not mix: the second row has the numbers that it has alone. */
    @Test
    void aRowHasItsOwnNumbers() {
        RowTable both = table("[[3, 1, 2, 4, 5], [6, 7, 7, 8, 7]]");
        RowTable alone = table("[[6, 7, 7, 8, 7]]");
        int width = both.width();
        boolean unlike = false;
        for (int i = 0; i < width; i++) {
            assertThat(both.denominator()[width + i]).isEqualTo(alone.denominator()[i]);
            assertThat(both.numerator()[width + i]).isEqualTo(alone.numerator()[i], within(1e-4));
            unlike |= Math.abs(both.numerator()[i] - both.numerator()[width + i]) > .01;
        }
        assertThat(unlike).isTrue();
        int terms = width / 4;
        // self: every query from the second on; copy: queries 2 and 4; other: queries 3 and 4; first: all again.
        assertThat(alone.denominator()[0]).isEqualTo(4);
        assertThat(alone.denominator()[terms]).isEqualTo(2);
        assertThat(alone.denominator()[2 * terms]).isEqualTo(2);
        assertThat(alone.denominator()[3 * terms]).isEqualTo(4);
    }

    private RowTable table(String ids) {
        return Laboratory.table(
                folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s}
                measure: {s: {score-decomposition: L1H0}}
                """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/gpt2"), ids), "s");
    }
}
