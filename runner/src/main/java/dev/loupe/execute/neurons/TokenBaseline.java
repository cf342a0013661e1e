package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How well a label is told by token ids alone: log-odds of the token, and of it with the one before, counted with add-one. */
final class TokenBaseline {
    private TokenBaseline() {}

    /**
     * The larger area of both on test positions.
     *
     * @param has whether each sampled position has the label
     * @param train positions on which the odds are counted
     * @param test positions that are ranked by them
     */
    static double area(TokenRows rows, int[] row, int[] pos, boolean[] has, Strata train, Strata test) {
        Map<Integer, int[]> own = new HashMap<>();
        Map<Integer, int[]> before = new HashMap<>();
        int[] all = new int[2];
        for (int i : train.positions()) {
            int side = has[i] ? 1 : 0;
            all[side]++;
            own.computeIfAbsent(token(rows, row[i], pos[i]), k -> new int[2])[side]++;
            before.computeIfAbsent(token(rows, row[i], pos[i] - 1), k -> new int[2])[side]++;
        }
        float[] one = new float[test.size()];
        float[] two = new float[test.size()];
        for (int i = 0; i < one.length; i++) {
            int at = test.position(i);
            one[i] = (float) odds(own.get(token(rows, row[at], pos[at])), all);
            two[i] = one[i] + (float) odds(before.get(token(rows, row[at], pos[at] - 1)), all);
        }
        boolean[] positive = test.in(has);
        return Math.max(MidRanks.area(one, positive, test), MidRanks.area(two, positive, test));
    }

    private static int token(TokenRows rows, int row, int pos) {
        return pos < 0 ? -1 : rows.tokens()[row][pos];
    }

    private static double odds(int @Nullable [] count, int[] all) {
        double yes = count == null ? 0 : count[1];
        double no = count == null ? 0 : count[0];
        return Math.log((yes + 1) / (all[1] + 2.0)) - Math.log((no + 1) / (all[0] + 2.0));
    }
}
