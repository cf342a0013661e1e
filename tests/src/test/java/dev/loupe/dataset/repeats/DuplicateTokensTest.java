package dev.loupe.dataset.repeats;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicateTokensTest {

    private static TokenRows draw(String options, int vocabulary, long seed) {
        return bind(DuplicateTokens.class, "{generator: duplicate-tokens, " + options + "}")
                .draw(new Draw(vocabulary, 200, seed));
    }

    @Test
    void noPairOfNeighboursEverReturns() {
        for (long seed = 0; seed < 20; seed++) {
            for (int[] tokens : draw("length: 20, duplicates: 3..10", 24, seed).tokens()) {
                Set<Integer> pairs = new HashSet<>();
                for (int i = 1; i < tokens.length; i++) {
                    assertThat(tokens[i]).isNotEqualTo(tokens[i - 1]);
                    assertThat(pairs.add(tokens[i - 1] * 1000 + tokens[i])).isTrue();
                }
            }
        }
    }

    @Test
    void classesAndTargetsSayWhetherATokenOccurredBefore() {
        for (long seed = 0; seed < 20; seed++) {
            TokenRows rows = draw("length: 16, duplicates: 2..7, bos: 0, task: occurred-before", 24, seed);
            for (int r = 0; r < rows.rows(); r++) {
                int[] tokens = rows.tokens()[r];
                Set<Integer> seen = new HashSet<>();
                assertThat(rows.target(r, 0)).isEqualTo(-1);
                for (int p = 1; p < tokens.length; p++) {
                    boolean before = !seen.add(tokens[p]);
                    assertThat(rows.classes().get("duplicate")[r][p]).isEqualTo(before);
                    assertThat(rows.classes().get("fresh")[r][p]).isEqualTo(!before);
                    assertThat(rows.target(r, p)).isEqualTo(before ? 1 : 0);
                }
                assertThat(Datasets.count(rows.classes().get("duplicate")[r])).isBetween(2, 7);
            }
        }
    }

    @Test
    void gapsStayWithinTheirRangeAndTakeAllOfIt() {
        TokenRows rows = draw("length: 30, duplicates: 5, gap: 3..9", 64, 1);
        Set<Integer> gaps = new HashSet<>();
        for (int[] tokens : rows.tokens()) {
            for (int i = 0; i < tokens.length; i++) {
                for (int j = i - 1; j >= 0; j--) {
                    if (tokens[j] == tokens[i]) {
                        gaps.add(i - j);
                        break;
                    }
                }
            }
        }
        assertThat(gaps).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theNextTokenIsAskedByDefault() {
        TokenRows rows = draw("length: 10, duplicates: 2", 64, 1);
        assertThat(rows.target(0, 3)).isEqualTo(rows.tokens()[0][4]);
        assertThat(rows.target(0, 9)).isEqualTo(-1);
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> draw("length: 10, duplicates: 9", 64, 1)).hasMessageContaining("within 0..8");
        assertThatThrownBy(() -> draw("gap: 1..4", 64, 1)).hasMessageContaining("previous-token head");
        assertThatThrownBy(() -> draw("length: 24, duplicates: 2", 20, 1)).hasMessageContaining("22 different tokens");
        assertThatThrownBy(() -> draw("length: 12, duplicates: 10, gap: 2", 64, 1))
                .hasMessageContaining("use fewer duplicates or larger gaps");
    }

    @Test
    void theControlRepeatsNothing() {
        for (long seed = 0; seed < 10; seed++) {
            TokenRows rows = bind(NoRepeatTokens.class, "{generator: no-repeat-tokens, length: 30, bos: 7}")
                    .draw(new Draw(31, 50, seed));
            for (int r = 0; r < rows.rows(); r++) {
                assertThat(rows.tokens()[r]).hasSize(31).doesNotHaveDuplicates().startsWith(7);
                assertThat(Datasets.count(rows.classes().get("fresh")[r])).isEqualTo(30);
            }
        }
        assertThatThrownBy(() -> bind(NoRepeatTokens.class, "{generator: no-repeat-tokens, length: 30, bos: 7}")
                        .draw(new Draw(30, 1, 0)))
                .hasMessageContaining("needs 30 token ids, but only 29");
    }
}
