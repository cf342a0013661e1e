package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pairs of a token and the one after it; the second of each pair is a position, with the label or without. */
class TokenBaselineTest {
    private final List<int[]> pairs = new ArrayList<>();
    private final List<Boolean> labels = new ArrayList<>();

    private void add(int times, int before, int token, boolean has) {
        for (int i = 0; i < times; i++) {
            pairs.add(new int[] {before, token});
            labels.add(has);
        }
    }

    /** Counted on all pairs but the last ones, which are ranked. */
    private double area(int tested) {
        int n = pairs.size();
        TokenRows rows = new TokenRows(pairs.toArray(new int[0][]), new int[0][], Map.of(), Map.of(), Map.of());
        boolean[] has = new boolean[n];
        int[] pos = new int[n];
        for (int i = 0; i < n; i++) {
            has[i] = labels.get(i);
            pos[i] = pairs.get(i).length - 1;
        }
        return TokenBaseline.area(
                rows,
                IntStream.range(0, n).toArray(),
                pos,
                has,
                Strata.one(IntStream.range(0, n - tested).toArray()),
                Strata.one(IntStream.range(n - tested, n).toArray()));
    }

    @Test
    void aTokenTellsItsLabel() {
        add(5, 1, 7, true);
        add(5, 1, 8, false);
        add(2, 1, 7, true);
        add(2, 1, 8, false);
        assertThat(area(4)).isEqualTo(1);
    }

    /** Each token has the label as often as not, which the one before it decides. */
    @Test
    void theTokenBeforeTellsIt() {
        add(5, 1, 7, true);
        add(5, 2, 7, false);
        add(2, 1, 7, true);
        add(2, 2, 7, false);
        assertThat(area(4)).isEqualTo(1);
    }

    /** The token before misleads here, and the token alone is the better of both. */
    @Test
    void theLargerAreaCounts() {
        add(3, 1, 7, true);
        add(1, 1, 8, false);
        add(9, 2, 9, true);
        add(1, 1, 7, true);
        add(1, 2, 8, false);
        assertThat(area(2)).isEqualTo(1);
    }

    /** 21 to 3 are better odds than 6 to 1: five of five say less than twenty of twenty-two. */
    @Test
    void fewTokensSayLess() {
        add(5, 1, 7, true);
        add(20, 1, 8, true);
        add(2, 1, 8, false);
        add(1, 1, 8, true);
        add(1, 1, 7, false);
        assertThat(area(2)).isEqualTo(1);
    }

    /** 6 to 4 are worse odds than 5 to 3 when one is added to each, and 5 to 3 than 4 to 2. */
    @Test
    void oneIsAddedToBothCounts() {
        add(5, 1, 7, true);
        add(3, 1, 7, false);
        add(2, 1, 8, true);
        add(1, 1, 8, false);
        // 6 / 4 beside 3 / 2 is a tie.
        add(1, 1, 7, true);
        add(1, 1, 8, false);
        assertThat(area(2)).isEqualTo(.5);
    }

    /** A token that was never counted has odds of 1 to 1. */
    @Test
    void anUnknownTokenSaysNothing() {
        add(3, 1, 7, true);
        add(3, 1, 8, false);
        add(1, 1, 7, true);
        add(1, 1, 9, false);
        add(1, 1, 9, true);
        add(1, 1, 8, false);
        // Of four pairs of with and without 7-9, 7-8 and 9-8 are ranked rightly and 9-9 is a tie.
        assertThat(area(4)).isEqualTo(3.5 / 4);
    }

    @Test
    void atTheBeginningOfARowNoTokenIsBefore() {
        pairs.add(new int[] {7});
        labels.add(true);
        pairs.add(new int[] {7});
        labels.add(true);
        add(3, 5, 7, false);
        pairs.add(new int[] {7});
        labels.add(true);
        add(1, 5, 7, false);
        assertThat(area(2)).isEqualTo(1);
    }
}
