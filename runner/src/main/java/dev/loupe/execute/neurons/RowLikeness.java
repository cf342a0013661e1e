package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.RandomOrder;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link CompareRows}. A cosine is a number of each row; a correlation is one of all rows, and each row has the
 * pseudo-value that tells its part in it (delete-one jackknife), moved so that their mean is the correlation itself.
 */
final class RowLikeness {
    private final CompareRows step;
    private final double[][] first;
    private final double[][] second;
    private final int[] partner;
    private final List<Axis> axes;
    private final int layers;

    RowLikeness(CompareRows step, TokenRows rows, RowTable first, RowTable second) {
        this.step = step;
        this.first = values(first);
        this.second = values(second);
        this.partner = partners(kinds(step, rows), new SplittableRandom(step.seed()));
        this.axes = step.axes(first.axes());
        this.layers = first.axes().get(0).size();
    }

    /** Means of positions [row][component]; NaN where a row has no such position. */
    private static double[][] values(RowTable table) {
        double[][] values = new double[table.rows()][table.width()];
        for (int r = 0; r < values.length; r++) {
            for (int i = 0; i < table.width(); i++) {
                int at = r * table.width() + i;
                values[r][i] =
                        table.denominator()[at] == 0 ? Double.NaN : table.numerator()[at] / table.denominator()[at];
            }
        }
        return values;
    }

    /** Rows of equal numbers belong together. */
    private static int[] kinds(CompareRows step, TokenRows rows) {
        return IntStream.range(0, rows.rows())
                .map(r -> step.by().isEmpty() ? r : rows.label(step.by()).values()[r][0])
                .toArray();
    }

    /** For each row another one that does not belong to it, -1 where there is none. */
    private static int[] partners(int[] kind, SplittableRandom random) {
        int[] order = RandomOrder.of(kind.length, random);
        int[] partner = new int[kind.length];
        for (int i = 0; i < kind.length; i++) {
            int at = 1;
            while (at < kind.length && kind[order[(i + at) % kind.length]] == kind[order[i]]) {
                at++;
            }
            partner[order[i]] = at < kind.length ? order[(i + at) % kind.length] : -1;
        }
        return partner;
    }

    RowTable table() {
        int width = NamedArray.sizeOf(axes);
        double[] numbers = new double[first.length * width];
        for (int part = 0; part < 2; part++) {
            int[] with = part == 0 ? IntStream.range(0, first.length).toArray() : partner;
            double[][] told = step.each() ? correlations(with) : cosines(with);
            for (int r = 0; r < told.length; r++) {
                System.arraycopy(told[r], 0, numbers, r * width + part * width / 2, width / 2);
            }
        }
        return RowTable.ofNumbers(axes, first.length, numbers);
    }

    /** [row][layer]. */
    private double[][] cosines(int[] with) {
        double[][] left = centred(first);
        double[][] right = centred(second);
        int width = left.length == 0 ? 0 : left[0].length / layers;
        double[][] out = new double[left.length][layers];
        for (int r = 0; r < out.length; r++) {
            for (int layer = 0; layer < layers; layer++) {
                double product = 0;
                double own = 0;
                double others = 0;
                for (int i = layer * width; with[r] >= 0 && i < (layer + 1) * width; i++) {
                    product += left[r][i] * right[with[r]][i];
                    own += left[r][i] * left[r][i];
                    others += right[with[r]][i] * right[with[r]][i];
                }
                out[r][layer] = own == 0 || others == 0 ? Double.NaN : product / Math.sqrt(own * others);
            }
        }
        return out;
    }

    private static double[][] centred(double[][] values) {
        double[][] out = new double[values.length][];
        for (int r = 0; r < out.length; r++) {
            out[r] = values[r].clone();
        }
        for (int i = 0; values.length > 0 && i < values[0].length; i++) {
            int at = i;
            double mean = IntStream.range(0, values.length)
                    .mapToDouble(r -> values[r][at])
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
            for (double[] row : out) {
                row[i] -= mean;
            }
        }
        return out;
    }

    /** Pseudo-values of each component's correlation [row][component]; NaN in rows that have no position. */
    private double[][] correlations(int[] with) {
        int width = first.length == 0 ? 0 : first[0].length;
        double[][] out = new double[first.length][width];
        IntStream.range(0, width).parallel().forEach(i -> {
            Sums all = new Sums();
            for (int r = 0; r < first.length; r++) {
                all.add(first[r][i], with[r] < 0 ? Double.NaN : second[with[r]][i], 1);
            }
            double whole = all.correlation();
            double n = all.n;
            double mean = 0;
            for (int r = 0; r < first.length; r++) {
                double y = with[r] < 0 ? Double.NaN : second[with[r]][i];
                if (Double.isNaN(first[r][i] + y)) {
                    out[r][i] = Double.NaN;
                    continue;
                }
                all.add(first[r][i], y, -1);
                double without = all.correlation();
                all.add(first[r][i], y, 1);
                out[r][i] = whole + (n - 1) * (Double.isNaN(without) ? 0 : whole - without);
                mean += out[r][i] / n;
            }
            for (int r = 0; r < first.length; r++) {
                out[r][i] += whole - mean;
            }
        });
        return out;
    }

    /** What a correlation follows from, of values less a first one, so that large equal parts cost no digits. */
    private static final class Sums {
        private double n;
        private double originX = Double.NaN;
        private double originY;
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;

        void add(double left, double right, int times) {
            if (Double.isNaN(left + right)) {
                return;
            }
            if (Double.isNaN(originX)) {
                originX = left;
                originY = right;
            }
            double a = left - originX;
            double b = right - originY;
            n += times;
            x += times * a;
            y += times * b;
            xx += times * a * a;
            yy += times * b * b;
            xy += times * a * b;
        }

        double correlation() {
            double left = xx - x * x / n;
            double right = yy - y * y / n;
            return n < 3 || left <= 1e-12 * xx || right <= 1e-12 * yy
                    ? Double.NaN
                    : (xy - x * y / n) / Math.sqrt(left * right);
        }
    }
}
