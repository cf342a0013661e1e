package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermutedListsTest {
    private static PairedRows pairs(String options) {
        PermutedLists lists = bind(PermutedLists.class, "{generator: permuted-lists, " + options + "}");
        return lists.pairs(new Sources(Path.of("."), lists.vocabularySize()));
    }

    @Test
    void eachOutputIsTheValueThatItsPointerNames() {
        TokenRows rows = pairs("order: in-context, values: 10, length: 4, rows: 200, seed: 1")
                .clean();
        for (int r = 0; r < 200; r++) {
            int[] x = rows.tokens()[r];
            assertThat(x).hasSize(14);
            assertThat(Arrays.stream(x, 0, 4).distinct().filter(v -> v < 10)).hasSize(4);
            assertThat(x[4]).as("SEP").isEqualTo(14);
            assertThat(x[9]).as("OUT").isEqualTo(15);
            assertThat(Arrays.stream(x, 5, 9).boxed()).containsExactlyInAnyOrder(10, 11, 12, 13);
            for (int i = 0; i < 4; i++) {
                assertThat(rows.target(r, 9 + i)).isEqualTo(x[10 + i]).isEqualTo(x[x[5 + i] - 10]);
                assertThat(rows.classes().get("output")[r][9 + i]).isTrue();
                assertThat(rows.classes().get("pointers")[r][5 + i]).isTrue();
                assertThat(rows.target(r, 5 + i)).isEqualTo(-1);
            }
            int query = rows.positions().get("QUERY")[r];
            assertThat(rows.positions().get("POINTER")[r]).isEqualTo(query - 4);
            assertThat(rows.positions().get("SOURCE")[r]).isEqualTo(x[query - 4] - 10);
        }
    }

    @Test
    void aFixedOrderIsThatOfItsWorld() {
        Set<List<Integer>> orders = new HashSet<>();
        for (int world = 0; world < 5; world++) {
            Set<List<Integer>> here = new HashSet<>();
            TokenRows rows = pairs("order: fixed, world: " + world + ", values: 12, length: 6, rows: 100, seed: 1")
                    .clean();
            for (int[] x : rows.tokens()) {
                List<Integer> list = Arrays.stream(x, 0, 6).boxed().toList();
                assertThat(x[6]).isEqualTo(12);
                here.add(Arrays.stream(x, 7, 13).map(list::indexOf).boxed().toList());
            }
            assertThat(here).hasSize(1);
            orders.addAll(here);
        }
        assertThat(orders).hasSize(5);
    }

    @Test
    void aCounterpartChangesOneOutputByItsValueOrByItsPointer() {
        for (String changed : new String[] {"value", "pointer"}) {
            PairedRows pairs = pairs("order: in-context, length: 5, corruption: " + changed + ", rows: 200, seed: 2");
            TokenRows rows = pairs.clean();
            for (int r = 0; r < 200; r++) {
                int[] clean = rows.tokens()[r];
                int[] other = pairs.corrupted().tokens()[r];
                int query = rows.positions().get("QUERY")[r];
                int place = rows.positions().get(changed.equals("value") ? "SOURCE" : "POINTER")[r];
                for (int i = 0; i < clean.length; i++) {
                    assertThat(other[i] != clean[i]).isEqualTo(i == place || i == query + 1);
                }
                assertThat(rows.target(r, query)).isEqualTo(rows.columns().get("answer")[r]);
                assertThat(pairs.corrupted().target(r, query))
                        .isEqualTo(rows.columns().get("wrong")[r]);
            }
        }
    }

    @Test
    void trainAndTestShareNoListWithItsOrder() {
        Set<List<Integer>> train = new HashSet<>();
        Set<List<Integer>> test = new HashSet<>();
        String options = "order: in-context, values: 4, length: 2, held-out: 0.3, rows: 500, seed: 3, split: ";
        for (int[] x : pairs(options + "train").clean().tokens()) {
            train.add(Arrays.stream(x).boxed().toList());
        }
        for (int[] x : pairs(options + "test").clean().tokens()) {
            test.add(Arrays.stream(x).boxed().toList());
        }
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).as("12 lists in 2 orders").isEqualTo(24);
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("order: fixed, corruption: pointer")).hasMessageContaining("in-context");
        assertThatThrownBy(() -> pairs("order: in-context, world: 3")).hasMessageContaining("`world` has no effect");
        assertThatThrownBy(() -> pairs("order: fixed, values: 6, length: 6")).hasMessageContaining("`values` above");
    }
}
