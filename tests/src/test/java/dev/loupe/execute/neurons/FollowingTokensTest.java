package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowingTokensTest {
    /** Of all positions 5 follows three times, 2 twice and 1 once, though 1 occurs three times. */
    private static final TokenRows ROWS =
            new TokenRows(new int[][] {{1, 5, 2, 5}, {1, 2, 5, 1}, {9}}, new int[0][], Map.of(), Map.of(), Map.of());

    @Test
    void whatFollowsOftenEnough() {
        assertThat(FollowingTokens.of(ROWS, 1).tokens()).containsExactly(1, 2, 5);
        assertThat(FollowingTokens.of(ROWS, 2).tokens()).containsExactly(2, 5);
        assertThat(FollowingTokens.of(ROWS, 3).tokens()).containsExactly(5);
        assertThat(FollowingTokens.of(ROWS, 4).tokens()).isEmpty();
    }

    /** After positions 0, 2 and 3 of the first row come 5, 5 and nothing, after 2 of the second 1. */
    @Test
    void ofSomePositions() {
        int[] row = {0, 0, 0, 1};
        int[] pos = {0, 2, 3, 2};
        assertThat(FollowingTokens.of(ROWS, row, pos, 1).tokens()).containsExactly(1, 5);
        assertThat(FollowingTokens.of(ROWS, row, pos, 2).tokens()).containsExactly(5);
    }

    @Test
    void aPlaceIsThatOfTheTokenAfter() {
        FollowingTokens following = FollowingTokens.of(ROWS, 2);
        assertThat(following.place(ROWS, 0, 0)).isEqualTo(1);
        assertThat(following.place(ROWS, 0, 1)).isZero();
        assertThat(following.place(ROWS, 0, 3)).as("nothing follows").isEqualTo(-1);
        assertThat(following.place(ROWS, 1, 2)).as("1 does not count").isEqualTo(-1);
        assertThat(new FollowingTokens(new int[] {0, 1}).place(ROWS, 0, 0))
                .as("beyond the last that counts")
                .isEqualTo(-1);
    }
}
