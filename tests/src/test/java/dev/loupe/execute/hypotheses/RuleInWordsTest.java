package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.hypotheses.LexicalRule.Known;
import dev.loupe.execute.hypotheses.LexicalRule.TokenIn;
import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.result.TokenRankings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Eight positions of tokens 4, 6 and 9, of which all but the last make the rule; it fires at those of odd number. */
class RuleInWordsTest {
    private static final int[] POSITIONS = {0, 1, 2, 3, 4, 5, 6};
    private static final PositionFacts FACTS = new PositionFacts(
            new int[] {4, 6, 9},
            new int[][] {{0, 0, 0, 1, 2, 1, 2, 1}, {-1, 0, 0, 0, 1, 2, 1, 2}, {-1, -1, 0, 0, 0, 1, 2, 1}},
            List.of(PositionFacts.REPEATED, "mark"),
            new boolean[][] {
                {false, true, true, false, false, true, true, true}, {true, true, true, true, true, true, false, true}
            });

    private static TokenRankings.Ranking ranking(@Nullable LexicalRule rule) {
        return RuleInWords.of("L0N5", new Firing(FiringSide.POSITIVE, 1, 2.5), rule, FACTS, POSITIONS, i -> i % 2 == 1);
    }

    private static TokenRankings.Entry entry(int id, double fires, double of) {
        return new TokenRankings.Entry(id, "", List.of(fires, of));
    }

    /** Token 4 is at 0, 1 and 2, of which it fires at 1; token 6 at 3 and 5, where it always fires; 9 is not in the set. */
    @Test
    void eachTokenWithHowOftenItFires() {
        TokenRankings.Ranking told = ranking(new LexicalRule(List.of(new TokenIn(0, new int[] {4, 6}))));
        assertThat(told.label()).isEqualTo("L0N5 is above 2.5, as at 3 of 7 tokens, where");
        assertThat(told.groups())
                .containsExactly(
                        new TokenRankings.Group("the token is one of", List.of(entry(6, 2, 2), entry(4, 1, 3))));
    }

    /** Where all conditions hold: 1, 2 and 3 have token 4 before them, of which 1 and 2 came before. */
    @Test
    void onlyWhereTheOtherConditionsHoldToo() {
        TokenRankings.Ranking told = ranking(new LexicalRule(
                List.of(new Known(PositionFacts.REPEATED), new TokenIn(1, new int[] {4}), new Known("mark"))));
        assertThat(told.label())
                .isEqualTo(
                        "L0N5 is above 2.5, as at 3 of 7 tokens, where the token came before in the row and mark, and");
        assertThat(told.groups())
                .containsExactly(new TokenRankings.Group("the token before is one of", List.of(entry(4, 1, 2))));
    }

    @Test
    void aRuleWithoutTokensAndNoRule() {
        TokenRankings.Ranking known = ranking(new LexicalRule(List.of(new Known("mark"))));
        assertThat(known.label()).isEqualTo("L0N5 is above 2.5, as at 3 of 7 tokens, where mark");
        assertThat(known.groups()).isEmpty();
        assertThat(ranking(null).label()).isEqualTo("L0N5 is above 2.5, as at 3 of 7 tokens: too seldom for a rule");
        assertThat(RuleInWords.of(
                                "L0N5",
                                new Firing(FiringSide.POSITIVE, 0, Double.NaN),
                                null,
                                FACTS,
                                POSITIONS,
                                i -> false)
                        .label())
                .isEqualTo("L0N5 is never above 0");
    }
}
