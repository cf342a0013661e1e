package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts of what follows an active neuron, made by hand. */
class LiftVocabularyTest {
    private static final Lexicon WORDS = Lexicon.ofAll();

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static double at(RunResult result, String name, String neuron) {
        NamedArray numbers = Laboratory.numbers(result, name);
        return numbers.at("neuron", numbers.axis("neuron").labels().indexOf(neuron))
                .data()[0];
    }

    /**
     * 40 rows with the pair and its third, 60 of twelve other words, which follow equally often. What the pair raises has the
     * largest lift; the second of the pair and the words after the third never follow where the neuron is active, and the
     * more often they follow elsewhere, the smaller their lift.
     */
    @Test
    void theLiftIsThatOfTheCounts() {
        int[] pair = WORDS.pairs().get(0);
        int[][] rows = new int[100][];
        Map<Integer, Integer> follows = new TreeMap<>();
        for (int r = 0; r < 100; r++) {
            rows[r] = r < 40
                    ? new int[] {30, pair[0], pair[1], pair[2], r % 3}
                    : new int[] {30, r % 12, (r + 5) % 12, (r + 7) % 12, (r + 1) % 12};
            for (int pos = 2; pos < 5; pos++) {
                follows.merge(rows[r][pos], 1, Integer::sum);
            }
        }
        RunResult result = run("""
                loupe: 1
                model: {plant: neurons, decoys: 0, seed: 3}
                dataset: {generator: tokens, ids: %s}
                measure:
                  l: {vocabulary-attribution: lift, neurons: [L0N2], min-count: 1, sample: {count: 4000, seed: 1}}
                """.formatted(Arrays.deepToString(rows)));
        // Ranks of the lift: the third token last, the others by how seldom they follow, equals at their mean rank.
        int n = follows.size();
        double top = n;
        double variance = 0;
        for (int token : follows.keySet()) {
            double rank = token == pair[2]
                    ? top
                    : 1
                            + follows.entrySet().stream()
                                    .filter(e -> e.getKey() != pair[2] && e.getValue() > follows.get(token))
                                    .count()
                            + (follows.entrySet().stream()
                                                    .filter(e -> e.getKey() != pair[2]
                                                            && e.getValue().equals(follows.get(token)))
                                                    .count()
                                            - 1)
                                    / 2.0;
            variance += Math.pow(rank - (n + 1) / 2.0, 2) / n;
        }
        // The attribution is one token above all others, which are equal: a point-biserial correlation.
        double rho = (top - (n + 1) / 2.0) / Math.sqrt(variance * (n - 1));
        assertThat(at(result, "l.lift", "L0N2")).isEqualTo(rho, within(1e-9));
        assertThat(at(result, "l.precision", "L0N2")).isBetween(.1, 1.0);
    }
}
