package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value per row, kept per row so that intervals and paired comparisons can be made afterwards. A value is a pooled
 * mean, a sum over a count: the estimate is {@code sum of numerators / sum of denominators}, undefined (NaN) where
 * nothing was counted. Tables of shards merge by putting their rows side by side, hence exactly.
 *
 * @param axes axes of one row's value
 * @param rows how many rows
 * @param numerator sums [row, axes...]
 * @param denominator counts [row, axes...]
 */
public record RowTable(List<Axis> axes, int rows, double[] numerator, double[] denominator) implements Sample {
    public RowTable {
        axes = List.copyOf(axes);
        int wanted = Math.multiplyExact(rows, NamedArray.sizeOf(axes));
        if (numerator.length != wanted || denominator.length != wanted) {
            throw new IllegalArgumentException("a table of " + rows + " rows of " + NamedArray.describe(axes)
                    + " needs " + wanted + " numbers, got " + numerator.length + " and " + denominator.length);
        }
    }

    /** Of one number for each row and cell [row, axes...], undefined where it is NaN. */
    public static RowTable ofNumbers(List<Axis> axes, int rows, double[] numbers) {
        double[] numerator = new double[numbers.length];
        double[] denominator = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boolean defined = !Double.isNaN(numbers[i]);
            numerator[i] = defined ? numbers[i] : 0;
            denominator[i] = defined ? 1 : 0;
        }
        return new RowTable(axes, rows, numerator, denominator);
    }

    public int width() {
        return NamedArray.sizeOf(axes);
    }

    @Override
    public NamedArray estimate() {
        double[] once = new double[rows];
        Arrays.fill(once, 1);
        return weighted(once);
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return weighted(resampling.weights(rows, b));
    }

    @Override
    public Interval interval(Resampling resampling) {
        return resampling.interval(this);
    }

    /** The estimate with every row counted {@code weights[row]} times. */
    public NamedArray weighted(double[] weights) {
        int n = width();
        double[] sum = new double[n];
        double[] count = new double[n];
        for (int r = 0; r < rows; r++) {
            double w = weights[r];
            if (w == 0) {
                continue;
            }
            int base = r * n;
            for (int i = 0; i < n; i++) {
                sum[i] += w * numerator[base + i];
                count[i] += w * denominator[base + i];
            }
        }
        for (int i = 0; i < n; i++) {
            sum[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
        }
        return new NamedArray(axes, sum);
    }

    @Override
    public RowTable at(String axisName, int index) {
        NamedArray shape = new NamedArray(axes, new double[width()]);
        int k = shape.axisIndex(axisName);
        int size = shape.axis(axisName).size();
        List<Axis> rest = new ArrayList<>(axes);
        rest.remove(k);
        int inner = NamedArray.sizeOf(axes.subList(k + 1, axes.size()));
        int outer = rows * NamedArray.sizeOf(axes.subList(0, k));
        return new RowTable(
                rest, rows, pick(numerator, outer, size, inner, index), pick(denominator, outer, size, inner, index));
    }

    private static double[] pick(double[] from, int outer, int size, int inner, int index) {
        double[] out = new double[outer * inner];
        for (int o = 0; o < outer; o++) {
            System.arraycopy(from, (o * size + index) * inner, out, o * inner, inner);
        }
        return out;
    }

    /** Each row's own ratio [row, axes...]. */
    public double[] perRow() {
        double[] out = new double[numerator.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = denominator[i] == 0 ? Double.NaN : numerator[i] / denominator[i];
        }
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowTable that
                && axes.equals(that.axes)
                && rows == that.rows
                && Arrays.equals(numerator, that.numerator)
                && Arrays.equals(denominator, that.denominator);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * axes.hashCode() + Arrays.hashCode(numerator)) + Arrays.hashCode(denominator);
    }
}
