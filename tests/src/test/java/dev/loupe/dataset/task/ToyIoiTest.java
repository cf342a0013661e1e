package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToyIoiTest {

    private static final int NAMES = 20;

    private static ToyIoi generator(String options) {
        return bind(ToyIoi.class, "{generator: toy-ioi, " + options + "}");
    }

    private static Map<Integer, Integer> mentions(int[] tokens) {
        Map<Integer, Integer> mentions = Datasets.occurrences(tokens);
        mentions.keySet().removeIf(id -> id >= NAMES);
        return mentions;
    }

    @ParameterizedTest
    @CsvSource({"last-clause, 1", "any-order, 1", "multi-pair, 3"})
    void oneNameIsMentionedOnceAndTheOthersTwice(String form, int doubled) {
        for (long seed = 0; seed < 10; seed++) {
            TokenRows rows = generator("form: " + form).draw(new Draw(31, 100, seed));
            for (int r = 0; r < rows.rows(); r++) {
                int[] tokens = rows.tokens()[r];
                assertThat(tokens).hasSize(13);
                assertThat(tokens[12]).isEqualTo(30);
                Map<Integer, Integer> mentions = mentions(tokens);
                assertThat(mentions).hasSize(doubled + 1);
                int answer = rows.columns().get("answer")[r];
                int wrong = rows.columns().get("wrong")[r];
                assertThat(mentions.get(answer)).isEqualTo(1);
                mentions.remove(answer);
                assertThat(mentions.values()).containsOnly(2);
                assertThat(rows.target(r, 12)).isEqualTo(answer);
                assertThat(tokens[rows.positions().get("IO")[r]]).isEqualTo(answer);
                int s1 = rows.positions().get("S1")[r];
                int s2 = rows.positions().get("S2")[r];
                assertThat(s1).isLessThan(s2);
                assertThat(tokens[s1]).isEqualTo(tokens[s2]).isEqualTo(wrong);
                if (form.equals("last-clause")) {
                    assertThat(s2).isBetween(8, 11);
                    assertThat(rows.positions().get("IO")[r]).isLessThan(8);
                }
            }
        }
    }

    @Test
    void counterpartsDifferAtTheSecondSubjectAlone() {
        for (String corruption : new String[] {"indirect-object", "new-name"}) {
            PairedRows pairs = generator("form: multi-pair, rows: 100, seed: 4, corruption: " + corruption)
                    .pairs(new Sources(Path.of("."), 31));
            for (int r = 0; r < 100; r++) {
                int s2 = pairs.clean().positions().get("S2")[r];
                int[] clean = pairs.clean().tokens()[r].clone();
                int[] other = pairs.corrupted().tokens()[r];
                assertThat(other[s2]).isNotEqualTo(clean[s2]).isLessThan(NAMES);
                assertThat(Datasets.occurrences(clean).getOrDefault(other[s2], 0))
                        .isEqualTo(corruption.equals("new-name") ? 0 : 1);
                clean[s2] = other[s2];
                assertThat(other).isEqualTo(clean);
            }
        }
    }

    @Test
    void setsOfNamesAreHeldOut() {
        Set<Set<Integer>> train = new HashSet<>();
        Set<Set<Integer>> test = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (int[] tokens :
                    generator("split: train").draw(new Draw(31, 200, seed)).tokens()) {
                train.add(new TreeSet<>(mentions(tokens).keySet()));
            }
            for (int[] tokens :
                    generator("split: test").draw(new Draw(31, 200, seed)).tokens()) {
                test.add(new TreeSet<>(mentions(tokens).keySet()));
            }
        }
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).isEqualTo(190);
        assertThat(test.size()).isBetween(22, 56);
    }

    @Test
    void aVocabularyTooSmallIsNamed() {
        assertThatThrownBy(() -> generator("seed: 1").draw(new Draw(30, 1, 1)))
                .hasMessageContaining("need a vocabulary of 31");
        assertThatThrownBy(() -> generator("names: 2")).hasMessageContaining("at least 3");
    }
}
