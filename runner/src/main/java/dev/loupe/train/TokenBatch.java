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
 * @param lengths of the rows [instance, row]
 */
record TokenBatch(int instances, int rows, int length, long[] tokens, int[] targets, int[] asked, int[] lengths) {
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
        int[] lengths = new int[instances * rows];
        Arrays.fill(targets, -1);
        for (int i = 0; i < instances; i++) {
            TokenRows draw = draws.get(i);
            TokenRows.Place wanted = draw.place(lossOn == null ? TokenRows.EVERYWHERE : lossOn);
            for (int r = 0; r < rows; r++) {
                int at = (i * rows + r) * length;
                int[] row = draw.tokens()[r];
                lengths[i * rows + r] = row.length;
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
        return new TokenBatch(instances, rows, length, tokens, targets, asked, lengths);
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

    /** The share of each position in the mean over those of its instance, 0 where the row has ended: [instance, row, pos]. */
    float[] shares() {
        float[] shares = new float[tokens.length];
        for (int i = 0; i < instances; i++) {
            int positions = Arrays.stream(lengths, i * rows, (i + 1) * rows).sum();
            for (int row = i * rows; row < (i + 1) * rows; row++) {
                Arrays.fill(shares, row * length, row * length + lengths[row], 1f / positions);
            }
        }
        return shares;
    }
}
