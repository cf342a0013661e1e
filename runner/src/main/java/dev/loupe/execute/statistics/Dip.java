package dev.loupe.execute.statistics;

/**
 * The dip of Hartigan and Hartigan (1985): the largest distance of an empirical distribution from the nearest one with a single
 * mode. An interval for the mode shrinks until its convex minorant and concave majorant are closer than what lies outside is far
 * from convex on the left and from concave on the right. Heights are counts, so that the dip is divided by 2 n at the end.
 */
final class Dip {
    private final double[] x;
    private double found = 1;

    private Dip(double[] sorted) {
        this.x = sorted;
    }

    /** @param sorted ascending, at least one value */
    static double of(double[] sorted) {
        Dip dip = new Dip(sorted);
        int low = 0;
        int high = sorted.length - 1;
        while (sorted[low] < sorted[high]) {
            int[] mode = dip.narrowed(low, high);
            if (mode[0] == low && mode[1] == high) {
                break;
            }
            low = mode[0];
            high = mode[1];
        }
        return dip.found / (2.0 * sorted.length);
    }

    /** A smaller interval for the mode; the same one where nothing is left to gain. */
    private int[] narrowed(int low, int high) {
        int[] minorant = hull(low, high, 1);
        int[] majorant = hull(low, high, -1);
        double widest = 0;
        int from = low;
        int to = high;
        for (int k = 0, over = 0; k < minorant.length; k++) {
            while (majorant[over + 1] < minorant[k]) {
                over++;
            }
            double gap = height(majorant[over], majorant[over + 1], x[minorant[k]]) - minorant[k] + 1;
            if (gap > widest && k > 0 && k < minorant.length - 1) {
                widest = gap;
                from = minorant[k];
                to = majorant[over + 1];
            }
        }
        for (int k = 1, under = 0; k < majorant.length - 1; k++) {
            while (minorant[under + 1] < majorant[k]) {
                under++;
            }
            double gap = majorant[k] - height(minorant[under], minorant[under + 1], x[majorant[k]]) + 1;
            if (gap > widest) {
                widest = gap;
                from = minorant[under];
                to = majorant[k];
            }
        }
        if (widest < found) {
            return new int[] {low, high};
        }
        for (int k = 0; k + 1 < minorant.length && minorant[k + 1] <= from; k++) {
            outside(minorant[k], minorant[k + 1], 1);
        }
        for (int k = 0; k + 1 < majorant.length; k++) {
            if (majorant[k] >= to) {
                outside(majorant[k], majorant[k + 1], -1);
            }
        }
        return new int[] {from, to};
    }

    /** The largest distance of the counts from one segment of the minorant (side 1) or the majorant (side -1). */
    private void outside(int from, int to, int side) {
        if (to - from > 1 && x[from] < x[to]) {
            for (int i = from; i <= to; i++) {
                found = Math.max(found, side * (i - height(from, to, x[i])) + 1);
            }
        }
    }

    private double height(int from, int to, double at) {
        return x[from] == x[to] ? to : from + (at - x[from]) * (to - from) / (x[to] - x[from]);
    }

    /** The corners of the convex minorant (side 1) or the concave majorant (side -1) of the counts. */
    private int[] hull(int low, int high, int side) {
        int[] corner = new int[high - low + 1];
        int n = 0;
        for (int i = low; i <= high; i++) {
            while (n > 1 && side * turn(corner[n - 2], corner[n - 1], i) <= 0) {
                n--;
            }
            corner[n++] = i;
        }
        return java.util.Arrays.copyOf(corner, n);
    }

    /** Above 0 where the path over three points turns to the left. */
    private double turn(int a, int b, int c) {
        return (x[b] - x[a]) * (c - b) - (x[c] - x[b]) * (b - a);
    }
}
