package dev.loupe.execute.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentSplitTest {
    private static TokenRows rows(int[][] tokens, int... documents) {
        return new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), documents);
    }

    private static int[] every(int n) {
        return IntStream.range(0, n).toArray();
    }

    /** Sixty documents, of which each text stands twice or three times, and ten texts of their own. */
    @Test
    void equalDocumentsAreNeverOnBothSides() {
        int[][] tokens = new int[70][];
        for (int d = 0; d < 70; d++) {
            tokens[d] = d < 60 ? new int[] {d % 25, 7} : new int[] {d, 8};
        }
        for (long seed = 0; seed < 20; seed++) {
            DocumentSplit split = DocumentSplit.of(rows(tokens), every(70), .7, seed);
            Map<Integer, Boolean> side = new HashMap<>();
            for (int d = 0; d < 70; d++) {
                boolean own = split.training()[d];
                assertThat(side.computeIfAbsent(tokens[d][0], k -> own)).isEqualTo(own);
            }
            long selecting =
                    IntStream.range(0, 70).filter(d -> split.training()[d]).count();
            assertThat(selecting).isBetween(47L, 51L);
            assertThat(split.tests()).isEqualTo((int) (70 - selecting));
        }
    }

    @Test
    void documentsThatDifferAreDrawnOneByOneAsTheShareSays() {
        int[][] tokens = IntStream.range(0, 20).mapToObj(d -> new int[] {d}).toArray(int[][]::new);
        DocumentSplit split = DocumentSplit.of(rows(tokens), every(20), .7, 3);
        int[] order = RandomOrder.of(20, new SplittableRandom(3));
        for (int i = 0; i < 20; i++) {
            assertThat(split.training()[order[i]]).isEqualTo(i < 14);
        }
    }

    /** Documents 0 and 1 share no row, but both share one with 2. */
    @Test
    void documentsThatShareRowsThroughOthersAreOne() {
        TokenRows rows = rows(new int[][] {{1}, {2}, {1}, {2}, {3}}, 0, 1, 2, 2, 3);
        assertThat(EqualDocuments.of(rows)).containsExactly(0, 0, 0, 0, 3);
        for (long seed = 0; seed < 10; seed++) {
            boolean[] training = DocumentSplit.of(rows, every(5), .5, seed).training();
            assertThat(Arrays.equals(training, new boolean[] {true, true, true, true, false})
                            || Arrays.equals(training, new boolean[] {false, false, false, false, true}))
                    .isTrue();
        }
    }
}
