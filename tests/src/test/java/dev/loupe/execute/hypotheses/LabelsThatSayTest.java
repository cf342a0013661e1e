package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nine positions: three labels of which 0, 3 and 4 positions have it. */
class LabelsThatSayTest {
    private static LabelsThatSay labels(boolean[]... known) {
        int[] places = new int[9];
        boolean[][] all = new boolean[known.length + 1][];
        all[0] = new boolean[9];
        System.arraycopy(known, 0, all, 1, known.length);
        List<String> flags =
                List.of(PositionFacts.REPEATED, "none", "third", "many").subList(0, all.length);
        return new LabelsThatSay(new PositionFacts(new int[] {5}, new int[][] {places, places, places}, flags, all));
    }

    private static boolean[] first(int n) {
        boolean[] has = new boolean[9];
        java.util.Arrays.fill(has, 0, n, true);
        return has;
    }

    @Test
    void whatCannotBeThreeTimesAsFrequentNeverCounts() {
        LabelsThatSay three = labels(first(0), first(3), first(4));
        assertThat(three.anyCounts()).isTrue();
        assertThat(three.neverCounting())
                .containsExactly(
                        "`none` never counts: of the 9 sampled positions none has it",
                        "`many` never counts: of the 9 sampled positions 4 have it, so that it cannot be three times as "
                                + "frequent among examples");
        assertThat(labels(first(0)).anyCounts()).isFalse();
    }

    @Test
    void aRuleSpeaksOfNoLabelThatIsTheSameWhereRulesAreMade() {
        assertThat(labels(first(0), first(3), first(4)).inNoRule(new int[] {0, 1, 2}))
                .containsExactly(
                        "`none` is in no rule: of the 3 sampled positions of documents that make rules, none has it",
                        "`third` is in no rule: of the 3 sampled positions of documents that make rules, every one has it",
                        "`many` is in no rule: of the 3 sampled positions of documents that make rules, every one has it");
    }
}
