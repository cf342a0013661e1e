package dev.loupe.execute.step;

import dev.loupe.plan.Recheck;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** The arithmetic of {@link Recheck}. */
public final class Rechecked {
    private Rechecked() {}

    /** The cells of largest magnitude, largest first; undefined ones are none. */
    public static List<Integer> largest(double[] estimates, List<Integer> cells, int best) {
        return cells.stream()
                .filter(i -> !Double.isNaN(estimates[i]))
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(estimates[i])))
                .limit(best)
                .toList();
    }

    /**
     * Estimates and, for the cells that were run, the change of the metric by the edit.
     *
     * @param value [row, cell] of the edited runs, cells in the order of {@code cells}
     * @param zero [row] of the run before the edit
     */
    public static RowTable of(RowTable estimate, RowTable value, RowTable zero, List<Integer> cells) {
        int[] same = cells.stream().mapToInt(Integer::intValue).toArray();
        return of(estimate, value, zero, same.length, row -> same);
    }

    /**
     * The same where each row has cells of its own.
     *
     * @param run how many cells of a row were run
     * @param cells of a row, those that were run first
     */
    public static RowTable of(RowTable estimate, RowTable value, RowTable zero, int run, IntFunction<int[]> cells) {
        int width = estimate.width();
        List<Axis> axes = new ArrayList<>(List.of(Recheck.VALUE));
        axes.addAll(estimate.axes());
        double[] numerator = new double[estimate.rows() * 2 * width];
        double[] denominator = new double[numerator.length];
        for (int row = 0; row < estimate.rows(); row++) {
            int to = row * 2 * width;
            System.arraycopy(estimate.numerator(), row * width, numerator, to, width);
            System.arraycopy(estimate.denominator(), row * width, denominator, to, width);
            int[] own = cells.apply(row);
            for (int c = 0; c < run; c++) {
                int from = row * run + c;
                double count = value.denominator()[from];
                if (count != zero.denominator()[row]) {
                    throw new IllegalStateException("the edited run counts row " + row + " another number of times");
                }
                numerator[to + width + own[c]] = value.numerator()[from] - zero.numerator()[row];
                denominator[to + width + own[c]] = count;
            }
        }
        return new RowTable(axes, estimate.rows(), numerator, denominator);
    }
}
