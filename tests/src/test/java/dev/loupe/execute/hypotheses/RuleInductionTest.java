package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.hypotheses.LexicalRule.Known;
import dev.loupe.execute.hypotheses.LexicalRule.TokenIn;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules of a small text, beside the best of all rules of one condition, tried one by one. */
class RuleInductionTest {
    private static final int VOCABULARY = 6;

    private static PositionFacts facts(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] text = IntStream.range(0, n).map(i -> random.nextInt(VOCABULARY)).toArray();
        int[][] places = new int[3][n];
        for (int slot = 0; slot < 3; slot++) {
            for (int i = 0; i < n; i++) {
                places[slot][i] = i < slot ? -1 : text[i - slot];
            }
        }
        boolean[][] known = new boolean[2][n];
        for (int i = 0; i < n; i++) {
            known[1][i] = i % 7 == 0;
        }
        return new PositionFacts(
                IntStream.range(0, VOCABULARY).toArray(), places, List.of(PositionFacts.REPEATED, "seventh"), known);
    }

    private static double f1(boolean[] holds, boolean[] fires) {
        double both = 0;
        double either = 0;
        for (int i = 0; i < fires.length; i++) {
            both += holds[i] && fires[i] ? 2 : 0;
            either += (holds[i] ? 1 : 0) + (fires[i] ? 1 : 0);
        }
        return both / either;
    }

    private static LexicalRule rule(PositionFacts facts, boolean[] fires, int terms, int tokens) {
        LexicalRule rule =
                new RuleInduction(facts, IntStream.range(0, fires.length).toArray(), fires, terms, tokens).best();
        assertThat(rule).isNotNull();
        return rule;
    }

    @Test
    void theBestSetOfTokensIsTheBestOfAllSets() {
        SplittableRandom random = new SplittableRandom(8);
        PositionFacts facts = facts(200, 3);
        for (int draw = 0; draw < 20; draw++) {
            boolean[] fires = new boolean[200];
            for (int i = 0; i < fires.length; i++) {
                fires[i] = random.nextDouble() < .1 + .15 * facts.places()[0][i];
            }
            // At most one token, two, ... or all six.
            int most = 1 + draw % VOCABULARY;
            double best = f1(facts.known()[1], fires);
            for (int set = 1; set < 1 << VOCABULARY; set++) {
                if (Integer.bitCount(set) <= most) {
                    int chosen = set;
                    int[] ids = IntStream.range(0, VOCABULARY)
                            .filter(t -> (chosen >> t & 1) == 1)
                            .toArray();
                    for (int slot = 0; slot < 3; slot++) {
                        best = Math.max(
                                best, f1(new LexicalRule(List.of(new TokenIn(slot, ids))).everywhere(facts), fires));
                    }
                }
            }
            assertThat(f1(rule(facts, fires, 1, most).everywhere(facts), fires)).isEqualTo(best);
        }
    }

    @Test
    void allOfSeveralConditionsAreFound() {
        PositionFacts facts = facts(3000, 5);
        boolean[] fires = new boolean[3000];
        for (int i = 0; i < fires.length; i++) {
            fires[i] = facts.places()[0][i] <= 1 && facts.places()[1][i] == 2 && facts.known()[1][i];
        }
        LexicalRule rule = rule(facts, fires, 3, 2);
        assertThat(rule.everywhere(facts)).isEqualTo(fires);
        assertThat(rule.conditions()).hasSize(3).contains(new Known("seventh"));
    }

    @Test
    void nothingThatFiresIsNoRule() {
        assertThat(new RuleInduction(facts(20, 1), IntStream.range(0, 20).toArray(), new boolean[20], 3, 3).best())
                .isNull();
    }
}
