package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionFactsTest {
    private static final TokenRows ROWS = new TokenRows(
            new int[][] {{8, 5, 8, 5, 9}, {4, 4, 8}, {7, 8, 7}},
            new int[0][],
            Map.of("late", new boolean[][] {{false, false, true, true, true}, {false, false, true}, {false, false, true}
            }),
            Map.of(),
            Map.of());

    /** Positions 0, 2 and 4 of the first row, 2 and then 1 of the last. The token 4 of the second row is in no list. */
    @Test
    void tokensBeforeAndWhetherOneCameBefore() {
        PositionFacts facts =
                PositionFacts.of(ROWS, new int[] {0, 0, 0, 2, 2}, new int[] {0, 2, 4, 2, 1}, List.of("late"));
        assertThat(facts.tokens()).containsExactly(5, 7, 8, 9);
        assertThat(facts.places()[0]).containsExactly(2, 2, 3, 1, 2);
        assertThat(facts.places()[1]).containsExactly(-1, 0, 0, 2, 1);
        assertThat(facts.places()[2]).containsExactly(-1, 2, 2, 1, -1);
        assertThat(facts.flags()).containsExactly(PositionFacts.REPEATED, "late");
        assertThat(facts.known()[0]).containsExactly(false, true, false, true, false);
        assertThat(facts.known()[1]).containsExactly(false, true, true, true, false);
        assertThat(facts.at()[0]).isEqualTo(new int[][] {{}, {3}, {0, 1, 4}, {2}});
        assertThat(facts.at()[1]).isEqualTo(new int[][] {{1, 2}, {4}, {3}, {}});
        assertThat(facts.at()[2]).isEqualTo(new int[][] {{}, {3}, {1, 2}, {}});
        assertThat(facts.size()).isEqualTo(5);
    }

    /** What an earlier row had, or the positions after, did not come before: 8 is new to each row. */
    @Test
    void eachRowIsForgottenAfterIt() {
        PositionFacts facts =
                PositionFacts.of(ROWS, new int[] {0, 1, 2, 2, 0, 0}, new int[] {4, 2, 1, 0, 2, 1}, List.of());
        assertThat(facts.known()[0]).containsExactly(false, false, false, false, true, false);
        PositionFacts alike = PositionFacts.of(ROWS, new int[] {0, 1}, new int[] {2, 2}, List.of());
        assertThat(alike.known()[0]).as("at the same position").containsExactly(true, false);
    }

    @Test
    void positionsOfTwoKindsOfRowsTogether() {
        PositionFacts one = PositionFacts.of(ROWS, new int[] {0, 0}, new int[] {2, 0}, List.of("late"));
        PositionFacts other = PositionFacts.of(ROWS, new int[] {1, 1}, new int[] {1, 2}, List.of("late"));
        PositionFacts both = one.with(other);
        assertThat(both.tokens()).containsExactly(4, 5, 8, 9);
        assertThat(both.places()[0]).containsExactly(2, 2, 0, 2);
        assertThat(both.places()[1]).containsExactly(1, -1, 0, 0);
        assertThat(both.known()[0]).containsExactly(true, false, true, false);
        assertThat(both.known()[1]).containsExactly(true, false, false, true);
        assertThat(both.at()[1]).isEqualTo(new int[][] {{2, 3}, {0}, {}, {}});
    }

    @Test
    void aSetOfTokensHoldsWhereOneOfThemIs() {
        PositionFacts facts = PositionFacts.of(ROWS, new int[] {0, 0, 0, 2}, new int[] {0, 2, 4, 2}, List.of());
        LexicalRule.TokenIn in = new LexicalRule.TokenIn(1, new int[] {5, 6, 8});
        assertThat(in.everywhere(facts).toArray()).containsExactly(1, 2, 3);
        assertThat(in.among(facts, new int[] {0, 1, 3})).containsExactly(1, 3);
        LexicalRule.TokenIn first = new LexicalRule.TokenIn(1, new int[] {5});
        assertThat(first.everywhere(facts).toArray()).containsExactly(1, 2);
        assertThat(first.among(facts, new int[] {0, 1, 3})).containsExactly(1);
    }
}
