package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted neurons need exactly the tokens that they were made to read. */
class ShortestContextTest {
    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static void all(RunResult result, String name, double expected) {
        NamedArray numbers = Laboratory.numbers(result, name);
        assertThat(numbers.data()).as(name).isNotEmpty().containsOnly(expected);
    }

    @Test
    void aTokenNeedsOneAPairTwoAndACopyItsDistance() {
        RunResult result = run("""
                loupe: 1
                model: {plant: neurons, decoys: 4, seed: 3}
                dataset:
                  lang: {generator: planted-language, constructs: [trigrams, words], rows: 200, seed: 5}
                  copies: {generator: duplicate-tokens, length: 16, duplicates: 1..1, ids: 0..39, rows: 100, seed: 6}
                measure:
                  one: {shortest-context: mlp.post, neurons: [L0N0, L0N5, L0N6, L0N8], examples: 4, dataset: lang, sample: {seed: 1}}
                  two: {shortest-context: mlp.post, neurons: [L0N1, L0N2], examples: 4, dataset: lang, sample: {seed: 1}}
                  kept: {shortest-context: mlp.post, neurons: [L0N1, L0N2], examples: 4, positions: kept, dataset: lang, sample: {seed: 1}}
                  first: {shortest-context: mlp.post, neurons: [L0N1, L0N2], examples: 4, first: row, dataset: lang, sample: {seed: 1}}
                  copy: {shortest-context: mlp.post, neurons: [L0N4], examples: 20, keep: 0.5, dataset: copies, sample: {seed: 1}}
                  there: {shortest-context: mlp.post, neurons: [L0N4], examples: 20, keep: 0.5, positions: kept, dataset: copies, sample: {seed: 1}}
                  short: {shortest-context: mlp.post, neurons: [L0N4], examples: 20, keep: 0.5, most: 2, dataset: copies, sample: {seed: 1}}
                """);
        all(result, "one.tokens", 1);
        all(result, "one.needed", 1);
        all(result, "one.reached", 1);
        for (String name : new String[] {"two", "kept", "first"}) {
            all(result, name + ".tokens", 2);
            all(result, name + ".needed", 2);
        }
        for (String name : new String[] {"copy", "there"}) {
            all(result, name + ".beyond-copy", 0);
            all(result, name + ".needed", 2);
            assertThat(Laboratory.numbers(result, name + ".tokens").data()[0]).isGreaterThan(2);
        }
        // Copies are further away than one token at all of the largest activations.
        all(result, "short.reached", 0);
        assertThat(Laboratory.numbers(result, "short.tokens").data()).containsOnly(Double.NaN);
    }

    @Test
    void sharesAreAscending() {
        assertThatThrownBy(() -> run("""
                loupe: 1
                model: {plant: neurons, decoys: 4, seed: 3}
                dataset: {generator: planted-language, rows: 60, seed: 5}
                measure: {k: {shortest-context: mlp.post, neurons: [L0N1], keep: [0.9, 0.5], sample: {seed: 1}}}
                """)).hasMessageContaining("ascending");
    }
}
