package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import java.util.HashMap;
import java.util.Map;

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
    static double area(TokenRows rows, int[] row, int[] pos, boolean[] has, int[] train, int[] test) {
        Map<Integer, int[]> own = new HashMap<>();
        Map<Integer, int[]> before = new HashMap<>();
        int[] all = new int[2];
        for (int i : train) {
            int side = has[i] ? 1 : 0;
            all[side]++;
            own.computeIfAbsent(token(rows, row[i], pos[i]), k -> new int[2])[side]++;
            before.computeIfAbsent(token(rows, row[i], pos[i] - 1), k -> new int[2])[side]++;
        }
        float[] one = new float[test.length];
        float[] two = new float[test.length];
        boolean[] positive = new boolean[test.length];
        for (int i = 0; i < test.length; i++) {
            int at = test[i];
            one[i] = (float) odds(own.get(token(rows, row[at], pos[at])), all);
            two[i] = one[i] + (float) odds(before.get(token(rows, row[at], pos[at] - 1)), all);
            positive[i] = has[at];
        }
        return Math.max(area(one, positive), area(two, positive));
    }

    private static int token(TokenRows rows, int row, int pos) {
        return pos < 0 ? -1 : rows.tokens()[row][pos];
    }

    private static double odds(int @org.jspecify.annotations.Nullable [] count, int[] all) {
        double yes = count == null ? 0 : count[1];
        double no = count == null ? 0 : count[0];
        return Math.log((yes + 1) / (all[1] + 2.0)) - Math.log((no + 1) / (all[0] + 2.0));
    }

    /** The area under the ROC curve of a score. */
    static double area(float[] score, boolean[] positive) {
        int[] which = new int[score.length];
        int n1 = 0;
        for (int i = 0; i < which.length; i++) {
            which[i] = i;
            n1 += positive[i] ? 1 : 0;
        }
        int[] positives = new int[n1];
        for (int i = 0, k = 0; i < which.length; i++) {
            if (positive[i]) {
                positives[k++] = i;
            }
        }
        return MidRanks.area(new MidRanks(score, 1, which).sum(positives, 0), n1, score.length);
    }
}
