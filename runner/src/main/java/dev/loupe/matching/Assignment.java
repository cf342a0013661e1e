package dev.loupe.matching;

import java.util.Arrays;

/** The cheapest way to give each row a column of its own (Kuhn 1955, in the form of Jonker and Volgenant 1987). */
public final class Assignment {
    private Assignment() {}

    /**
     * The column of each row: shortest augmenting paths with potentials, O(n^3).
     *
     * @param cost [row][column], square
     */
    public static int[] cheapest(double[][] cost) {
        int n = cost.length;
        double[] u = new double[n + 1];
        double[] v = new double[n + 1];
        int[] row = new int[n + 1];
        for (int i = 1; i <= n; i++) {
            int[] way = new int[n + 1];
            double[] least = new double[n + 1];
            boolean[] used = new boolean[n + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            row[0] = i;
            int column = 0;
            do {
                used[column] = true;
                double delta = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= n; j++) {
                    if (used[j]) {
                        continue;
                    }
                    double reduced = cost[row[column] - 1][j - 1] - u[row[column]] - v[j];
                    if (reduced < least[j]) {
                        least[j] = reduced;
                        way[j] = column;
                    }
                    if (least[j] < delta) {
                        delta = least[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (used[j]) {
                        u[row[j]] += delta;
                        v[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = next;
            } while (row[column] != 0);
            while (column != 0) {
                row[column] = row[way[column]];
                column = way[column];
            }
        }
        int[] out = new int[n];
        for (int j = 1; j <= n; j++) {
            out[row[j] - 1] = j - 1;
        }
        return out;
    }
}
