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
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtremesTest {
    private static PairedRows pairs(String options) {
        Extremes extremes = bind(Extremes.class, "{generator: extremes, " + options + "}");
        return extremes.pairs(new Sources(Path.of("."), extremes.vocabularySize()));
    }

    @Test
    void everyInputStandsOnceAndEndAsksForTheExtreme() {
        for (String take : new String[] {"max", "min"}) {
            TokenRows rows = pairs("take: " + take + ", values: 5, count: 3, exhaustive: true")
                    .clean();
            assertThat(rows.rows()).isEqualTo(125);
            for (int r = 0; r < 125; r++) {
                int[] list = {r / 25, r / 5 % 5, r % 5};
                assertThat(rows.tokens()[r]).containsExactly(list[0], list[1], list[2], 5);
                int[] sorted = list.clone();
                Arrays.sort(sorted);
                int asked = take.equals("max") ? sorted[2] : sorted[0];
                for (int p = 0; p < 3; p++) {
                    assertThat(rows.target(r, p)).isEqualTo(-1);
                }
                assertThat(rows.target(r, 3)).isEqualTo(asked);
                assertThat(list[rows.positions().get("LARGEST")[r]]).isEqualTo(sorted[2]);
                assertThat(list[rows.positions().get("SMALLEST")[r]]).isEqualTo(sorted[0]);
                boolean tie = take.equals("max") ? sorted[1] == sorted[2] : sorted[0] == sorted[1];
                int gap = take.equals("max") ? sorted[2] - sorted[1] : sorted[1] - sorted[0];
                assertThat(at(rows, "tie", r)).isEqualTo(tie);
                assertThat(at(rows, "tie-free", r)).isEqualTo(!tie);
                assertThat(at(rows, "first-wins", r)).isEqualTo(!tie && list[0] == asked);
                assertThat(at(rows, "later-wins", r)).isEqualTo(!tie && list[0] != asked);
                for (int g = 0; g < 4; g++) {
                    assertThat(at(rows, "gap-" + g, r)).isEqualTo(gap == g);
                }
                assertThat(at(rows, "gap-4-or-more", r)).isEqualTo(gap >= 4);
            }
        }
    }

    private static boolean at(TokenRows rows, String name, int row) {
        return rows.classes().get(name)[row][3];
    }

    @Test
    void aCounterpartHasTheNextBestAnswer() {
        PairedRows pairs = pairs("values: 6, count: 2, exhaustive: true");
        for (int r = 0; r < 36; r++) {
            int first = r / 6;
            int second = r % 6;
            int answer = Math.max(first, second);
            int wrong = first != second ? Math.min(first, second) : answer > 0 ? answer - 1 : 1;
            int[] other = pairs.corrupted().tokens()[r];
            assertThat(pairs.clean().columns().get("answer")[r]).isEqualTo(answer);
            assertThat(pairs.clean().columns().get("wrong")[r]).isEqualTo(wrong);
            assertThat(pairs.corrupted().target(r, 2)).isEqualTo(wrong);
            assertThat(other[0]).isEqualTo(first == answer ? wrong : first);
            assertThat(other[1]).isEqualTo(second == answer ? wrong : second);
            assertThat(pairs.clean().positions().get("SOURCE")[r]).isEqualTo(first == answer ? 0 : 1);
        }
    }

    @Test
    void noOrderOfAHeldOutSetIsDrawnForTraining() {
        Set<Set<Integer>> test = sets(pairs("values: 12, exhaustive: true, split: test, held-out: 0.2")
                .clean());
        Set<Set<Integer>> train = sets(pairs("values: 12, split: train, held-out: 0.2, rows: 4000, seed: 3")
                .clean());
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size())
                .as("all sets of one or two of 12")
                .isEqualTo(78);
        assertThat(test.size()).isBetween(8, 24);
    }

    private static Set<Set<Integer>> sets(TokenRows rows) {
        Set<Set<Integer>> sets = new HashSet<>();
        for (int[] row : rows.tokens()) {
            sets.add(Set.copyOf(new HashSet<>(Arrays.asList(row[0], row[1]))));
        }
        return sets;
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("values: 64, count: 4, exhaustive: true"))
                .hasMessageContaining("64^4 rows");
        assertThatThrownBy(() -> pairs("exhaustive: true, rows: 100")).hasMessageContaining("`rows` has no effect");
        assertThatThrownBy(() -> bind(Extremes.class, "{generator: extremes, exhaustive: true}")
                        .draw(new Draw(33, 1, 1)))
                .hasMessageContaining("`exhaustive` has no effect");
        assertThatThrownBy(() -> bind(Extremes.class, "{generator: extremes}").draw(new Draw(32, 1, 1)))
                .hasMessageContaining("need a vocabulary of 33");
    }
}
