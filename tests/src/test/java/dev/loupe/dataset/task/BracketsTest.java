package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BracketsTest {
    private static PairedRows pairs(String options) {
        Brackets brackets = bind(Brackets.class, "{generator: brackets, " + options + "}");
        return brackets.pairs(new Sources(Path.of("."), brackets.vocabularySize()));
    }

    /** A parser of its own says what every position must be. */
    private static void parse(TokenRows rows, int kinds, int depth) {
        int[][] opener = Objects.requireNonNull(rows.labels().get("opener")).values();
        int[][] open = Objects.requireNonNull(rows.labels().get("depth")).values();
        for (int r = 0; r < rows.rows(); r++) {
            int[] x = rows.tokens()[r];
            Deque<Integer> stack = new ArrayDeque<>();
            assertThat(x[0]).isEqualTo(2 * kinds);
            for (int i = 1; i < x.length; i++) {
                boolean closes = x[i] >= kinds;
                assertThat(rows.target(r, i - 1)).isEqualTo(closes ? x[i] : -1);
                assertThat(rows.classes().get("closing")[r][i - 1]).isEqualTo(closes);
                if (closes) {
                    int at = stack.pop();
                    assertThat(x[i]).isEqualTo(kinds + x[at]);
                    assertThat(opener[r][i - 1]).isEqualTo(at);
                    assertThat(rows.classes().get("closing-" + (stack.size() + 1))[r][i - 1])
                            .isTrue();
                    assertThat(rows.classes().get("nearest")[r][i - 1]).isEqualTo(at == i - 1);
                    assertThat(rows.classes().get("across")[r][i - 1]).isEqualTo(at < i - 1);
                } else {
                    stack.push(i);
                }
                assertThat(open[r][i]).isEqualTo(stack.size()).isLessThanOrEqualTo(depth);
            }
            assertThat(stack).isEmpty();
        }
    }

    @Test
    void rowsAreBalancedAndEveryPositionKnowsItsBracket() {
        PairedRows pairs = pairs("kinds: 3, depth: 3, length: 12, rows: 200, seed: 1");
        parse(pairs.clean(), 3, 3);
        parse(pairs.corrupted(), 3, 3);
    }

    @Test
    void aCounterpartChangesOnePair() {
        for (String changed : new String[] {"opener", "other"}) {
            PairedRows pairs = pairs("kinds: 4, length: 16, corruption: " + changed + ", rows: 200, seed: 2");
            TokenRows rows = pairs.clean();
            parse(pairs.corrupted(), 4, 3);
            for (int r = 0; r < 200; r++) {
                int[] clean = rows.tokens()[r];
                int[] other = pairs.corrupted().tokens()[r];
                int[] unlike = java.util.stream.IntStream.range(0, clean.length)
                        .filter(i -> clean[i] != other[i])
                        .toArray();
                int query = rows.positions().get("QUERY")[r];
                int opener = rows.positions().get("OPENER")[r];
                assertThat(unlike).hasSize(2);
                assertThat(unlike[0]).isEqualTo(rows.positions().get("CHANGED")[r]);
                assertThat(unlike[1]).isEqualTo(rows.positions().get("PARTNER")[r]);
                assertThat(rows.columns().get("answer")[r]).isEqualTo(clean[query + 1]);
                assertThat(opener).isLessThan(query);
                if (changed.equals("opener")) {
                    assertThat(unlike).containsExactly(opener, query + 1);
                    assertThat(rows.columns().get("wrong")[r]).isEqualTo(other[query + 1]);
                } else {
                    assertThat(unlike[0]).isGreaterThan(opener);
                    assertThat(unlike[1]).isLessThanOrEqualTo(query);
                    assertThat(other[query + 1]).isEqualTo(clean[query + 1]);
                }
            }
        }
    }

    @Test
    void trainAndTestShareNoRow() {
        Set<List<Integer>> train = new HashSet<>();
        Set<List<Integer>> test = new HashSet<>();
        String options = "kinds: 2, length: 6, held-out: 0.3, rows: 400, seed: 3, split: ";
        for (int[] x : pairs(options + "train").clean().tokens()) {
            train.add(Arrays.stream(x).boxed().toList());
        }
        for (int[] x : pairs(options + "test").clean().tokens()) {
            test.add(Arrays.stream(x).boxed().toList());
        }
        assertThat(train).isNotEmpty().doesNotContainAnyElementsOf(test);
        assertThat(test).isNotEmpty();
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("kinds: 1, seed: 1")).hasMessageContaining("nothing to tell");
        assertThatThrownBy(() -> pairs("length: 7, seed: 1")).hasMessageContaining("even number");
        assertThatThrownBy(() -> pairs("length: 8, depth: 5, seed: 1")).hasMessageContaining("half of it");
    }
}
