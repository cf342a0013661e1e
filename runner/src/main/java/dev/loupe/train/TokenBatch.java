package dev.loupe.train;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of several instances side by side. Shorter rows are filled at the right with token 0, where nothing is asked; a
 * causal model does not see it.
 *
 * @param length positions of every row
 * @param tokens [instance, row, pos]
 * @param targets [instance, row, pos], the class asked for, or -1
 * @param asked per instance, how many positions ask for something
 */
record TokenBatch(int instances, int rows, int length, long[] tokens, int[] targets, int[] asked) {
    /**
     * Lays out one draw per instance.
     *
     * @param lossOn a position class of the rows, or null for every position that asks for something
     */
    static TokenBatch of(List<TokenRows> draws, @Nullable String lossOn) {
        int instances = draws.size();
        int rows = draws.get(0).rows();
        int length = 0;
        for (TokenRows draw : draws) {
            for (int[] row : draw.tokens()) {
                length = Math.max(length, row.length);
            }
        }
        long[] tokens = new long[instances * rows * length];
        int[] targets = new int[tokens.length];
        int[] asked = new int[instances];
        Arrays.fill(targets, -1);
        for (int i = 0; i < instances; i++) {
            TokenRows draw = draws.get(i);
            TokenRows.Place wanted = draw.place(lossOn == null ? TokenRows.EVERYWHERE : lossOn);
            for (int r = 0; r < rows; r++) {
                int at = (i * rows + r) * length;
                int[] row = draw.tokens()[r];
                for (int pos = 0; pos < row.length; pos++) {
                    tokens[at + pos] = row[pos];
                    int target = draw.target(r, pos);
                    if (target >= 0 && wanted.has(r, pos)) {
                        targets[at + pos] = target;
                        asked[i]++;
                    }
                }
            }
        }
        return new TokenBatch(instances, rows, length, tokens, targets, asked);
    }

    /** One-hot targets over the number of asked positions of their instance: [instance, row, pos, class]. */
    float[] weights(int classes) {
        float[] weights = new float[Math.multiplyExact(targets.length, classes)];
        int each = rows * length;
        for (int at = 0; at < targets.length; at++) {
            if (targets[at] >= 0) {
                weights[at * classes + targets[at]] = 1f / asked[at / each];
            }
        }
        return weights;
    }
}
