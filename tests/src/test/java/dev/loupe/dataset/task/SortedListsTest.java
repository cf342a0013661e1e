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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SortedListsTest {

    private static TokenRows draw(String options, int rows, long seed) {
        SortedLists lists = bind(SortedLists.class, "{generator: sorted-lists, " + options + "}");
        return lists.draw(new Draw(lists.vocabularySize(), rows, seed));
    }

    @Test
    void rowsHoldTheListThenItsSortedForm() {
        for (long seed = 0; seed < 20; seed++) {
            TokenRows rows = draw("values: 9, length: 4", 100, seed);
            for (int r = 0; r < rows.rows(); r++) {
                int[] tokens = rows.tokens()[r];
                assertThat(tokens).hasSize(10);
                assertThat(tokens[0]).isEqualTo(10);
                assertThat(tokens[5]).isEqualTo(9);
                int[] sorted = Arrays.copyOfRange(tokens, 1, 5);
                Arrays.sort(sorted);
                assertThat(Arrays.copyOfRange(tokens, 6, 10)).isEqualTo(sorted);
                for (int p = 0; p < 10; p++) {
                    boolean output = p >= 5 && p < 9;
                    assertThat(rows.target(r, p)).isEqualTo(output ? tokens[p + 1] : -1);
                    assertThat(rows.classes().get("output")[r][p]).isEqualTo(output);
                    assertThat(rows.classes().get("first-output")[r][p]).isEqualTo(p == 5);
                    assertThat(rows.classes().get("later-outputs")[r][p]).isEqualTo(output && p > 5);
                }
                boolean repeats = Datasets.occurrences(sorted).size() < 4;
                assertThat(rows.columns().get("duplicates")[r]).isEqualTo(repeats ? 1 : 0);
                assertThat(Datasets.count(rows.classes().get("output-with-duplicates")[r]))
                        .isEqualTo(repeats ? 4 : 0);
                assertThat(Datasets.count(rows.classes().get("output-without-duplicates")[r]))
                        .isEqualTo(repeats ? 0 : 4);
            }
        }
    }

    @Test
    void duplicatesAreKeptOutOrAskedFor() {
        assertThat(draw("values: 6, length: 5, duplicates: never", 200, 1)
                        .columns()
                        .get("duplicates"))
                .containsOnly(0);
        assertThat(draw("values: 50, length: 3, duplicates: always", 200, 1)
                        .columns()
                        .get("duplicates"))
                .containsOnly(1);
        assertThat(draw("values: 6, length: 3", 200, 1).columns().get("duplicates"))
                .contains(0, 1);
    }

    @Test
    void trainAndTestShareNoListInAnyDraw() {
        Set<List<Integer>> train = new HashSet<>();
        Set<List<Integer>> test = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            collect(draw("values: 6, length: 3, split: train, held-out: 0.25", 200, seed), train);
            collect(draw("values: 6, length: 3, split: test, held-out: 0.25", 200, 100 + seed), test);
        }
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).as("together they are all lists").isEqualTo(216);
        assertThat(test.size()).isBetween(40, 68);
    }

    @Test
    void theEndIsAskedAtTheLastOutput() {
        assertThatThrownBy(() -> draw("end: true, last: false", 1, 1)).hasMessageContaining("`last: false`");
    }

    private static void collect(TokenRows rows, Set<List<Integer>> into) {
        for (int[] tokens : rows.tokens()) {
            into.add(Arrays.stream(tokens, 0, 4).boxed().toList());
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> draw("values: 3, length: 4, duplicates: never", 1, 1))
                .hasMessageContaining("`values: 4`");
        assertThatThrownBy(() -> bind(SortedLists.class, "{generator: sorted-lists, values: 20}")
                        .draw(new Draw(21, 1, 1)))
                .hasMessageContaining("need a vocabulary of 22");
        assertThat(bind(SortedLists.class, "{generator: sorted-lists, start: false}")
                        .vocabularySize())
                .isEqualTo(21);
    }

    @Test
    void aCounterpartChangesOneElementAndItsOutput() {
        for (String duplicates : new String[] {"never", "always"}) {
            PairedRows pairs = bind(
                            SortedLists.class,
                            "{generator: sorted-lists, duplicates: " + duplicates + ", rows: 200, seed: 6}")
                    .pairs(new Sources(Path.of("."), 22));
            TokenRows rows = pairs.clean();
            for (int r = 0; r < 200; r++) {
                int[] clean = rows.tokens()[r];
                int[] other = pairs.corrupted().tokens()[r];
                int source = rows.positions().get("SOURCE")[r];
                int query = rows.positions().get("QUERY")[r];
                int answer = rows.columns().get("answer")[r];
                int wrong = rows.columns().get("wrong")[r];
                assertThat(clean[source]).isEqualTo(answer).isEqualTo(rows.target(r, query));
                assertThat(other[source]).isEqualTo(wrong).isNotEqualTo(answer);
                assertThat(pairs.corrupted().target(r, query)).isEqualTo(wrong);
                for (int i = 0; i < clean.length; i++) {
                    if (i != source && i != query + 1) {
                        assertThat(other[i]).isEqualTo(clean[i]);
                    }
                }
            }
        }
    }

    @Test
    void listsOfDifferentLengthsEndWhereTheyAreAskedTo() {
        TokenRows rows = draw("values: 9, length: 2..4, duplicates: never, end: true", 300, 1);
        int[] lengths = new int[5];
        for (int r = 0; r < 300; r++) {
            int[] tokens = rows.tokens()[r];
            int n = (tokens.length - 2) / 2;
            lengths[n]++;
            assertThat(tokens[0]).isEqualTo(10);
            assertThat(tokens[n + 1]).isEqualTo(9);
            int[] sorted = Arrays.copyOfRange(tokens, 1, n + 1);
            Arrays.sort(sorted);
            assertThat(Arrays.copyOfRange(tokens, n + 2, 2 * n + 2)).isEqualTo(sorted);
            for (int p = 0; p < tokens.length; p++) {
                boolean output = p > n && p < 2 * n + 1;
                boolean end = p == 2 * n + 1;
                assertThat(rows.target(r, p)).isEqualTo(end ? 11 : output ? tokens[p + 1] : -1);
                assertThat(rows.classes().get("output")[r][p]).isEqualTo(output);
                assertThat(rows.classes().get("end")[r][p]).isEqualTo(end);
                for (int k = 2; k <= 4; k++) {
                    assertThat(rows.classes().get("length-" + k)[r][p]).isEqualTo(output && k == n);
                }
            }
            assertThat(rows.positions().get("END")[r]).isEqualTo(2 * n + 1);
        }
        // 100 each, with a standard deviation of 8.
        assertThat(Arrays.stream(lengths, 2, 5)).allMatch(count -> count > 65 && count < 135);
    }

    @Test
    void aFixedLengthHasNoClassOfItsOwn() {
        assertThat(draw("", 1, 1).classes())
                .containsOnlyKeys(
                        "output",
                        "first-output",
                        "later-outputs",
                        "output-with-duplicates",
                        "output-without-duplicates");
    }

    @Test
    void withoutSeparatorTheLastValuePredictsTheFirstOutput() {
        PairedRows pairs = bind(
                        SortedLists.class,
                        "{generator: sorted-lists, values: 3, length: 6, start: false, mid: false, last: false, rows: 300, seed: 2}")
                .pairs(new Sources(Path.of("."), 3));
        TokenRows rows = pairs.clean();
        int dense = 0;
        for (int r = 0; r < 300; r++) {
            int[] clean = rows.tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            int[] sorted = Arrays.copyOf(clean, 6);
            Arrays.sort(sorted);
            assertThat(Arrays.copyOfRange(clean, 6, 11)).isEqualTo(Arrays.copyOf(sorted, 5));
            assertThat(rows.positions().get("MID")[r]).isEqualTo(5);
            dense += Arrays.stream(sorted).distinct().count() == 3 ? 1 : 0;
            int source = rows.positions().get("SOURCE")[r];
            int query = rows.positions().get("QUERY")[r];
            for (int p = 0; p < 6; p++) {
                assertThat(rows.target(r, 5 + p)).isEqualTo(sorted[p]);
                assertThat(pairs.corrupted().target(r, 5 + p) != sorted[p]).isEqualTo(5 + p == query);
                assertThat(other[p] != clean[p]).isEqualTo(p == source);
            }
            assertThat(rows.columns().get("answer")[r]).isEqualTo(clean[source]).isEqualTo(rows.target(r, query));
            assertThat(rows.columns().get("wrong")[r])
                    .isEqualTo(other[source])
                    .isEqualTo(pairs.corrupted().target(r, query));
        }
        assertThat(dense).as("lists that hold every value").isGreaterThan(150);
    }
}
