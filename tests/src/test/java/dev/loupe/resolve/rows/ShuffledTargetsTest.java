package dev.loupe.resolve.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShuffledTargetsTest {
    private static RowSet rows(int[]... pointers) {
        int[][] tokens = Arrays.stream(pointers).map(int[]::clone).toArray(int[][]::new);
        Label kind = Label.category(
                List.of("a"),
                Arrays.stream(pointers).map(p -> new int[p.length]).toArray(int[][]::new));
        return RowSets.of(
                "rows",
                new TokenRows(
                        tokens,
                        new int[0][],
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of("to", Label.pointer(pointers), "kind", kind),
                        new int[0]),
                Integer::toString);
    }

    /** Three queries, 3 to 5, with targets 0 to 2: each of the six orders comes up equally often. */
    @Test
    void everyOrderOfARowsTargetsIsEquallyLikely() {
        RowSet set = rows(new int[] {-1, -1, -1, 0, 1, 2});
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 1200; seed++) {
            int[] row = ShuffledTargets.of(set, seed, false).rows().label("to").values()[0];
            assertThat(Arrays.copyOf(row, 3)).containsOnly(-1);
            counts.merge(List.of(row[3], row[4], row[5]), 1, Integer::sum);
        }
        // 200 each, with a standard deviation of 13.
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allMatch(n -> n > 145 && n < 255);
    }

    @Test
    void noQueryIsMadeToPointBehindItself() {
        RowSet set = rows(new int[] {-1, 0, 1, 2, -1, 4});
        for (int seed = 0; seed < 200; seed++) {
            int[] row = ShuffledTargets.of(set, seed, false).rows().label("to").values()[0];
            for (int i = 0; i < row.length; i++) {
                assertThat(row[i]).isLessThanOrEqualTo(i);
            }
            assertThat(Arrays.stream(row).sorted()).containsExactly(-1, -1, 0, 1, 2, 4);
        }
    }

    @Test
    void orEachRowGetsTheTargetsOfAnotherOfItsLength() {
        RowSet set = rows(new int[] {-1, 0}, new int[] {-1, 1}, new int[] {-1, -1, 2}, new int[] {0, -1});
        RowSet other = ShuffledTargets.of(set, 3, true);
        int[][] before = set.rows().label("to").values();
        int[][] after = other.rows().label("to").values();
        for (int row : new int[] {0, 1, 3}) {
            assertThat(after[row]).isNotEqualTo(before[row]);
            assertThat(List.of(before[0], before[1], before[3])).contains(after[row]);
        }
        assertThat(after[2]).as("no other row has its length").isEqualTo(before[2]);
    }

    @Test
    void tokensAndOtherLabelsStay() {
        RowSet set = rows(new int[] {-1, 0, 1}, new int[] {-1, 1, 0});
        RowSet other = ShuffledTargets.of(set, 1, false);
        assertThat(other.rows().tokens()).isEqualTo(set.rows().tokens());
        assertThat(other.rows().label("kind")).isEqualTo(set.rows().label("kind"));
        assertThat(other.ref().identity()).isNotEqualTo(set.ref().identity());
        assertThat(other.ref().identity())
                .isNotEqualTo(ShuffledTargets.of(set, 2, false).ref().identity());
    }
}
