package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokens that follow others often enough to be counted.
 *
 * @param tokens their ids, ascending
 */
record FollowingTokens(int[] tokens) {
    /** Of all positions of these rows. */
    static FollowingTokens of(TokenRows rows, int least) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int[] row : rows.tokens()) {
            for (int pos = 1; pos < row.length; pos++) {
                counts.merge(row[pos], 1, Integer::sum);
            }
        }
        return often(counts, least);
    }

    /** Of some positions. */
    static FollowingTokens of(TokenRows rows, int[] row, int[] pos, int least) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < row.length; i++) {
            int[] tokens = rows.tokens()[row[i]];
            if (pos[i] + 1 < tokens.length) {
                counts.merge(tokens[pos[i] + 1], 1, Integer::sum);
            }
        }
        return often(counts, least);
    }

    private static FollowingTokens often(Map<Integer, Integer> counts, int least) {
        return new FollowingTokens(counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .mapToInt(Map.Entry::getKey)
                .toArray());
    }

    /** The place in {@link #tokens} of the token after a position; -1 where none follows or it does not count. */
    int place(TokenRows rows, int row, int pos) {
        int[] own = rows.tokens()[row];
        int place = pos + 1 < own.length ? Arrays.binarySearch(tokens, own[pos + 1]) : -1;
        return Math.max(-1, place);
    }
}
