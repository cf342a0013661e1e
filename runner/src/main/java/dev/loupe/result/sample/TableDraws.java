package dev.loupe.result.sample;

import java.util.stream.IntStream;

/** The numbers of a table on every resample: each adds its rows in their order, whatever stands beside it. */
final class TableDraws {
    private static final int GROUP = DrawnRows.GROUP;

    private final RowTable table;
    private final int from;
    private final int to;
    private final boolean[] plain;
    private final boolean[] countedAlike;

    /**
     * @param from the first of the table's numbers
     * @param to after the last
     */
    TableDraws(RowTable table, int from, int to) {
        this.table = table;
        this.from = from;
        this.to = to;
        this.plain = new boolean[to - from];
        this.countedAlike = new boolean[to - from];
        int n = table.width();
        for (int i = from; i < to; i++) {
            int column = i;
            plain[i - from] = IntStream.range(0, table.rows())
                    .map(r -> r * n + column)
                    .allMatch(at -> Double.isFinite(table.numerator()[at]) && Double.isFinite(table.denominator()[at]));
            countedAlike[i - from] = i > from
                    && IntStream.range(0, table.rows())
                            .map(r -> r * n + column)
                            .allMatch(at -> table.denominator()[at] == table.denominator()[at - 1]);
        }
    }

    /** [number, resample] */
    double[][] on(Resampling resampling) {
        DrawnRows drawn = DrawnRows.of(resampling, table.rows());
        int times = resampling.times();
        double[][] draws = new double[to - from][times];
        double[] sums = new double[GROUP];
        double[] counts = new double[GROUP];
        for (int g = 0; g < drawn.groups(); g++) {
            double[] weights = drawn.group(g);
            for (int i = 0; i < draws.length; i++) {
                add(weights, table.numerator(), from + i, plain[i], sums);
                if (!countedAlike[i]) {
                    add(weights, table.denominator(), from + i, plain[i], counts);
                }
                for (int k = 0; k < GROUP && g * GROUP + k < times; k++) {
                    draws[i][g * GROUP + k] = counts[k] == 0 ? Double.NaN : sums[k] / counts[k];
                }
            }
        }
        return draws;
    }

    private void add(double[] weights, double[] numbers, int column, boolean finite, double[] sums) {
        if (finite) {
            sum(weights, numbers, table.rows(), table.width(), column, sums);
            return;
        }
        // What a resample does not draw does not make it undefined.
        for (int k = 0; k < GROUP; k++) {
            double sum = 0;
            for (int r = 0; r < table.rows(); r++) {
                double weight = weights[r * GROUP + k];
                sum += weight == 0 ? 0 : weight * numbers[r * table.width() + column];
            }
            sums[k] = sum;
        }
    }

    /** Eight sums at once: one alone would wait for itself at every row. */
    private static void sum(double[] weights, double[] numbers, int rows, int width, int column, double[] sums) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int r = 0; r < rows; r++) {
            double number = numbers[r * width + column];
            int at = r * GROUP;
            s0 += weights[at] * number;
            s1 += weights[at + 1] * number;
            s2 += weights[at + 2] * number;
            s3 += weights[at + 3] * number;
            s4 += weights[at + 4] * number;
            s5 += weights[at + 5] * number;
            s6 += weights[at + 6] * number;
            s7 += weights[at + 7] * number;
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }
}
