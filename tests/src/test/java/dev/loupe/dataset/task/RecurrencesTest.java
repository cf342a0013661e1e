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

class RecurrencesTest {
    private static PairedRows pairs(String options) {
        return bind(Recurrences.class, "{generator: recurrences, " + options + "}")
                .pairs(new Sources(Path.of("."), 31));
    }

    @Test
    void eachNumberFollowsFromThoseBefore() {
        TokenRows rows = pairs("coefficients: [3, -2], modulus: 7, length: 9, rows: 200, seed: 1")
                .clean();
        for (int r = 0; r < 200; r++) {
            int[] x = rows.tokens()[r];
            assertThat(rows.target(r, 0)).isEqualTo(-1);
            for (int t = 1; t < 8; t++) {
                assertThat(x[t + 1]).isEqualTo(Math.floorMod(3 * x[t] - 2 * x[t - 1], 7));
                assertThat(rows.target(r, t)).isEqualTo(x[t + 1]);
                assertThat(rows.classes().get("first-transition")[r][t]).isEqualTo(t == 1);
            }
            assertThat(rows.target(r, 8)).isEqualTo(-1);
        }
    }

    @Test
    void fibonaccisNumbersAreFibonaccis() {
        TokenRows rows = pairs("coefficients: [1, 1], modulus: 31, length: 8, rows: 3000, seed: 4")
                .clean();
        assertThat(Arrays.stream(rows.tokens())
                        .filter(x -> x[0] == 0 && x[1] == 1)
                        .findFirst()
                        .orElseThrow())
                .containsExactly(0, 1, 1, 2, 3, 5, 8, 13);
    }

    @Test
    void everyFirstWindowOccursOnce() {
        String options = "coefficients: [1, 2], modulus: 5, length: 4, exhaustive: true";
        PairedRows rows = pairs(options);
        assertThat(rows.clean().tokens()).hasDimensions(25, 4);
        assertThat(rows.clean().tokens()[0]).containsExactly(0, 0, 0, 0);
        assertThat(rows.clean().tokens()[7]).containsExactly(1, 2, 4, 3);
        for (int r = 0; r < 25; r++) {
            assertThat(rows.clean().tokens()[r][0] * 5 + rows.clean().tokens()[r][1])
                    .isEqualTo(r);
            assertThat(rows.corrupted().tokens()[r][1]).isEqualTo(rows.clean().tokens()[r][1]);
            assertThat(rows.corrupted().tokens()[r][2])
                    .isNotEqualTo(rows.clean().tokens()[r][2]);
        }
        assertThatThrownBy(() -> pairs(options + ", rows: 8")).hasMessageContaining("rows");
        assertThatThrownBy(() -> pairs("coefficients: [1, 2, 1, 1], modulus: 101, exhaustive: true"))
                .hasMessageContaining("101^4 rows, more than 1048576");
    }

    @Test
    void noHeldOutPairIsAskedInTrainingWhereverItOccurs() {
        Set<List<Integer>> train = asked(pairs(options("train")).clean());
        Set<List<Integer>> test = asked(pairs(options("test")).clean());
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).as("together they are all pairs").isEqualTo(121);
        assertThat(test.size()).isBetween(14, 36);
        TokenRows all = pairs(options("all")).clean();
        for (int r = 0; r < all.rows(); r++) {
            for (int t = 1; t < 7; t++) {
                List<Integer> pair = List.of(all.tokens()[r][t - 1], all.tokens()[r][t]);
                assertThat(all.classes().get("held-out")[r][t]).isEqualTo(test.contains(pair));
                assertThat(all.classes().get("trained")[r][t]).isEqualTo(train.contains(pair));
            }
        }
    }

    private static String options(String split) {
        return "coefficients: [1, 1], modulus: 11, length: 8, rows: 2000, seed: 5, split: " + split;
    }

    private static Set<List<Integer>> asked(TokenRows rows) {
        Set<List<Integer>> pairs = new HashSet<>();
        for (int r = 0; r < rows.rows(); r++) {
            boolean any = false;
            for (int t = 1; t < rows.tokens()[r].length; t++) {
                if (rows.target(r, t) >= 0) {
                    pairs.add(List.of(rows.tokens()[r][t - 1], rows.tokens()[r][t]));
                    any = true;
                }
            }
            assertThat(any).isTrue();
        }
        return pairs;
    }

    @Test
    void aCounterpartBeginsWithAnotherNumberAndFollowsFromIt() {
        PairedRows pairs = pairs("coefficients: [1, 1], modulus: 31, length: 6, rows: 200, seed: 6");
        for (int r = 0; r < 200; r++) {
            int[] clean = pairs.clean().tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            assertThat(pairs.clean().positions().get("PREVIOUS")[r]).isZero();
            assertThat(pairs.clean().positions().get("CURRENT")[r]).isEqualTo(1);
            assertThat(other[0]).isNotEqualTo(clean[0]);
            assertThat(other[1]).isEqualTo(clean[1]);
            assertThat(other[2])
                    .isEqualTo((other[0] + other[1]) % 31)
                    .isEqualTo(pairs.clean().columns().get("wrong")[r])
                    .isNotEqualTo(pairs.clean().columns().get("answer")[r]);
            assertThat(clean[2]).isEqualTo(pairs.clean().columns().get("answer")[r]);
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("coefficients: [1], length: 8")).hasMessageContaining("two numbers or more");
        assertThatThrownBy(() -> pairs("coefficients: [1, 31], length: 8")).hasMessageContaining("not a multiple");
        assertThatThrownBy(() -> pairs("coefficients: [1, 1], length: 2")).hasMessageContaining("greater than");
        assertThatThrownBy(() -> pairs("coefficients: [1, 1], modulus: 32, seed: 1"))
                .hasMessageContaining("need a vocabulary of 32");
    }
}
