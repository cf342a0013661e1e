package dev.loupe.analysis.reading;

import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.SoftCap;

/**
 * Differences of logits before their soft-cap, which is what components add up to.
 *
 * @param difference mean logit of the right ids less that of the wrong ones [asked]
 * @param rounding how far single precision may have moved each: 0 without a soft-cap, more the nearer a logit is to the cap
 */
record UncappedDifference(double[] difference, double[] rounding) {
    /** Some units in the last place of a logit: the products before it and tanh round too. */
    private static final double UNITS = 16;

    /** @param cap -1 where logits are not capped */
    static UncappedDifference of(LogitsAtPositions asked, int[][] right, int[][] wrong, double cap) {
        if (cap == -1) {
            float[] plain = asked.difference(right, wrong, Reduction.MEAN).toFloatArray();
            double[] wide = new double[plain.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = plain[i];
            }
            return new UncappedDifference(wide, new double[wide.length]);
        }
        UncappedDifference out = new UncappedDifference(new double[right.length], new double[right.length]);
        out.add(asked, right, cap, 1);
        out.add(asked, wrong, cap, -1);
        return out;
    }

    private void add(LogitsAtPositions asked, int[][] ids, double cap, int sign) {
        int most = 0;
        for (int[] some : ids) {
            most = Math.max(most, some.length);
        }
        for (int k = 0; k < most; k++) {
            int[][] one = new int[ids.length][1];
            for (int i = 0; i < ids.length; i++) {
                one[i][0] = ids[i][Math.min(k, ids[i].length - 1)];
            }
            float[] logits = asked.logits(one, Reduction.FIRST).toFloatArray();
            for (int i = 0; i < ids.length; i++) {
                if (k < ids[i].length) {
                    double share = logits[i] / cap;
                    difference[i] += sign * SoftCap.before(logits[i], cap) / ids[i].length;
                    rounding[i] += UNITS * Math.ulp(logits[i]) / Math.max(0, 1 - share * share) / ids[i].length;
                }
            }
        }
    }
}
