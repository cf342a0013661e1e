package dev.loupe.resolve.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowSetsTest {
    private static final int[][] TOKENS = {{1, 2}, {3, 4}};

    private static TokenRows rows(Map<String, Label> labels, int... documents) {
        return new TokenRows(TOKENS, new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), labels, documents);
    }

    private static Label category(String first, String second, int value) {
        return Label.category(List.of(first, second), new int[][] {{0, value}, {1, 1}});
    }

    @Test
    void rowsWithoutLabelsKeepTheHashThatTheyHadBeforeThereWereAny() {
        // SHA-256 of "tokens", each row's length and ids as big-endian ints, and "targets": worked out with Python's
        // hashlib.
        assertThat(RowSets.hash(rows(Map.of())))
                .isEqualTo("e9c9dcba48ead2695ebb5514ce8dd87795bfcc608573dc924646b2211709c91b");
    }

    @Test
    void everyPartOfALabelAndTheDocumentsCountInTheHash() {
        Set<String> hashes = Set.of(
                RowSets.hash(rows(Map.of())),
                RowSets.hash(rows(Map.of("x", category("a", "b", 0)))),
                RowSets.hash(rows(Map.of("y", category("a", "b", 0)))),
                RowSets.hash(rows(Map.of("x", category("a", "c", 0)))),
                RowSets.hash(rows(Map.of("x", category("a", "b", 1)))),
                RowSets.hash(rows(Map.of("x", Label.flag(new int[][] {{0, 0}, {1, 1}})))),
                RowSets.hash(rows(Map.of("x", Label.ordinal(new int[][] {{0, 0}, {1, 1}})))),
                RowSets.hash(rows(Map.of(), 0, 1)),
                RowSets.hash(rows(Map.of(), 0, 0)));
        assertThat(hashes).hasSize(9);
    }

    @Test
    void labelsAndDocumentsGoWithTheirRows() {
        TokenRows picked = TokenArrays.pick(rows(Map.of("x", category("a", "b", 1)), 7, 9), new int[] {1, 0}, 2);
        assertThat(picked.tokens()).isDeepEqualTo(new int[][] {{3, 4}, {1, 2}, {3, 4}, {1, 2}});
        assertThat(picked.label("x").values()).isDeepEqualTo(new int[][] {{1, 1}, {0, 1}, {1, 1}, {0, 1}});
        assertThat(picked.documents()).containsExactly(9, 7, 9, 7);
        RowSet shuffled = RowSets.shuffledTokens(
                RowSets.of("text", rows(Map.of("x", category("a", "b", 1)), 7, 9), Integer::toString), 3);
        assertThat(shuffled.rows().label("x").values()).isDeepEqualTo(new int[][] {{0, 1}, {1, 1}});
    }
}
