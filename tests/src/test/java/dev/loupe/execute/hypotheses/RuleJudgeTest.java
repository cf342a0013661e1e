package dev.loupe.execute.hypotheses;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.neurons.PurityOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first positions are the examples, best first; the token of each position is named by the test. */
class RuleJudgeTest {
    private static final PurityOptions OPTIONS = new PurityOptions(6, List.of(), List.of("mark"), 1, 1, .8, .2, 5);
    private static final double[] BEST = {10, 9, 8, 7, 6, 5};

    private final int[] token;
    private final boolean[] mark;
    private final double[] value;

    RuleJudgeTest() {
        token = new int[60];
        mark = new boolean[60];
        value = new double[60];
        System.arraycopy(BEST, 0, value, 0, 6);
    }

    private RuleJudge.@Nullable Judged judged(int positions, int examples) {
        int[] before = new int[positions];
        java.util.Arrays.fill(before, -1);
        int[] own = java.util.Arrays.copyOf(token, positions);
        PositionFacts facts = new PositionFacts(
                new int[] {0, 1, 2},
                new int[][] {own, before, before},
                List.of(PositionFacts.REPEATED, "mark"),
                new boolean[][] {new boolean[positions], java.util.Arrays.copyOf(mark, positions)});
        return new RuleJudge(facts, OPTIONS).of(IntStream.range(0, examples).toArray(), i -> value[i]);
    }

    private double share(int positions) {
        return requireNonNull(judged(positions, 6)).share();
    }

    /** Made from the first, third and fifth, it holds at the second and fourth and not at the last. */
    @Test
    void halfOfTheExamplesJudgeWhatTheOthersMade() {
        for (int i = 0; i < 5; i++) {
            token[i] = 1;
        }
        assertThat(share(60)).isEqualTo(2 / 3.0, within(1e-12));
        token[4] = 2;
        token[2] = 2;
        token[5] = 2;
        // Two of the three that make it have token 2, which of the others only the last has.
        assertThat(share(60)).isEqualTo(1 / 3.0, within(1e-12));
    }

    /** Six examples and fourteen others of sixty are a third, of 59 more. */
    @Test
    void aRuleThatHoldsNearlyEverywhereSaysNothing() {
        for (int i = 0; i < 20; i++) {
            token[i] = 1;
        }
        assertThat(share(60)).isEqualTo(1);
        assertThat(share(59)).isZero();
    }

    /** Five positions of the same token that are half as active or more are neither example nor silent. */
    @Test
    void whatIsNearlyAnExampleIsNotCountedAgainstIt() {
        for (int i = 0; i < 11; i++) {
            token[i] = i == 5 ? 0 : 1;
            mark[i] = i % 2 == 0;
            value[i] = i < 6 ? value[i] : 2.5;
        }
        assertThat(requireNonNull(judged(60, 6)).rule().conditions().get(0)).isInstanceOf(LexicalRule.TokenIn.class);
        // Counted as silent they leave the mark, which two of them lack, as the better rule.
        for (int i = 6; i < 11; i++) {
            value[i] = 2.4;
        }
        assertThat(requireNonNull(judged(60, 6)).rule().conditions()).containsExactly(new LexicalRule.Known("mark"));
    }

    @Test
    void fewExamplesAreNotJudged() {
        for (int i = 0; i < 6; i++) {
            token[i] = 1;
        }
        assertThat(judged(60, 5)).isNull();
        assertThat(judged(60, 6)).isNotNull();
    }

    @Test
    void lowIsHalfOfTheLowestExample() {
        assertThat(RuleJudge.low(new int[] {1, 3, 0}, i -> value[i])).isEqualTo(3.5);
        assertThat(RuleJudge.low(new int[] {1, 20}, i -> value[i])).isZero();
        assertThat(RuleJudge.low(new int[] {1}, i -> -4)).isEqualTo(-4);
    }
}
