package dev.loupe.result;

import java.util.stream.IntStream;

/** Where a curve along rising numbers, such as the steps of a training, first is at a level. */
public final class LevelCrossing {
    private LevelCrossing() {}

    /**
     * On a line in log t between the two points beside it; a curve that is there from its first point above 0 on has that point.
     *
     * @param at the steps, rising; a 0 has no logarithm and is left out
     * @param values the curve at each step
     * @param up above 0 where the curve rises to the level, below 0 where it falls to it
     * @return the step; undefined (NaN) where the curve never is at the level
     */
    public static double first(double[] at, double[] values, double level, double up) {
        int[] points = IntStream.range(0, at.length).filter(i -> at[i] > 0).toArray();
        double sign = Math.signum(up);
        for (int k = 0; k < points.length; k++) {
            double here = values[points[k]];
            if (sign * (here - level) >= 0) {
                double log = Math.log(at[points[k]]);
                if (k == 0) {
                    return Math.exp(log);
                }
                double before = values[points[k - 1]];
                double logBefore = Math.log(at[points[k - 1]]);
                double share = (level - before) / (here - before);
                return Math.exp(logBefore + share * (log - logBefore));
            }
        }
        return Double.NaN;
    }
}
