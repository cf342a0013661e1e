package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToyFactsTest {
    private static final int VOCABULARY = 2 * 20 + 4 + 4 * 20;

    private static ToyFacts generator(String options) {
        return bind(ToyFacts.class, "{generator: toy-facts, " + options + "}");
    }

    private static PairedRows pairs(String options) {
        return generator(options).pairs(new Sources(Path.of("."), VOCABULARY));
    }

    private static int column(TokenRows rows, String name, int row) {
        return Arrays.stream(rows.columns().get(name)).toArray()[row];
    }

    @Test
    void trainingAndMeasuringSpeakOfTheSameFacts() {
        Map<String, Integer> known = new HashMap<>();
        TokenRows all = pairs("rows: 800, seed: 3").clean();
        for (int r = 0; r < 800; r++) {
            known.put(Arrays.toString(all.tokens()[r]), column(all, "answer", r));
        }
        assertThat(known).as("no fact twice").hasSize(800);
        TokenRows drawn = generator("rows: 500").draw(new Draw(VOCABULARY, 500, 77));
        for (int r = 0; r < 500; r++) {
            assertThat(known).containsEntry(Arrays.toString(drawn.tokens()[r]), drawn.target(r, 2));
        }
        TokenRows elsewhere = generator("world: 1").draw(new Draw(VOCABULARY, 500, 77));
        assertThat(elsewhere.columns().get("answer"))
                .isNotEqualTo(drawn.columns().get("answer"));
    }

    @Test
    void neitherTokenNamesTheSubjectAlone() {
        Map<Integer, Set<Integer>> first = new HashMap<>();
        Map<Integer, Set<Integer>> second = new HashMap<>();
        for (int[] tokens : pairs("rows: 800, seed: 3").clean().tokens()) {
            assertThat(tokens[0]).isBetween(0, 19);
            assertThat(tokens[1]).isBetween(20, 39);
            assertThat(tokens[2]).isBetween(40, 43);
            first.computeIfAbsent(tokens[0], t -> new HashSet<>()).add(tokens[1]);
            second.computeIfAbsent(tokens[1], t -> new HashSet<>()).add(tokens[0]);
        }
        assertThat(first.values()).allSatisfy(others -> assertThat(others).hasSizeGreaterThan(2));
        assertThat(second.values()).allSatisfy(others -> assertThat(others).hasSizeGreaterThan(2));
    }

    @Test
    void theCounterpartAsksTheSameOfAnotherSubject() {
        PairedRows pairs = pairs("rows: 200, seed: 5");
        TokenRows all = pairs("rows: 800, seed: 3").clean();
        Map<String, Integer> known = new HashMap<>();
        for (int r = 0; r < 800; r++) {
            known.put(Arrays.toString(all.tokens()[r]), column(all, "answer", r));
        }
        for (int r = 0; r < 200; r++) {
            int[] clean = pairs.clean().tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            assertThat(other[0]).isNotEqualTo(clean[0]);
            assertThat(other[1]).isNotEqualTo(clean[1]);
            assertThat(other[2]).isEqualTo(clean[2]);
            int wrong = column(pairs.clean(), "wrong", r);
            assertThat(known).containsEntry(Arrays.toString(other), wrong);
            assertThat(wrong).isNotEqualTo(column(pairs.clean(), "answer", r));
            assertThat(pairs.clean().positions().get("subject-last")[r]).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeIsNamed() {
        assertThatThrownBy(() -> pairs("rows: 801, seed: 1")).hasMessageContaining("only 800 facts");
        assertThatThrownBy(() -> pairs("rows: 8")).hasMessageContaining("`seed` is missing");
        assertThatThrownBy(() -> generator("subjects: 401")).hasMessageContaining("from 2 to");
        assertThatThrownBy(() -> generator("seed: 1").draw(new Draw(100, 1, 1)))
                .hasMessageContaining("need a vocabulary of 124");
    }

    @Test
    void otherPartnersLeaveTheFactsAndTheirOrder() {
        PairedRows first = pairs("rows: 60, seed: 3");
        PairedRows second = pairs("rows: 60, seed: 3, other-partners: 9");
        assertThat(second.clean().tokens()).isDeepEqualTo(first.clean().tokens());
        assertThat(second.clean().columns().get("answer"))
                .isEqualTo(first.clean().columns().get("answer"));
        for (int r = 0; r < 60; r++) {
            assertThat(second.corrupted().tokens()[r])
                    .isNotEqualTo(first.corrupted().tokens()[r]);
            assertThat(column(second.clean(), "wrong", r)).isNotEqualTo(column(second.clean(), "answer", r));
        }
    }
}
