package dev.loupe.report.section;

import dev.loupe.report.draw.Numbers;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Terms of a sum, as a page shows them: the largest ones as bars with all others and the sum below, and the sum held against
 * the same number measured apart.
 */
final class Attribution {
    private static final int SHOWN = 18;

    private Attribution() {}

    static boolean applies(Quantity quantity) {
        return !quantity.setting().sumsTo().isEmpty()
                && !quantity.estimate().axes().isEmpty();
    }

    /** The terms largest in size (mean over models), the rest as one term, and the sum. */
    static Quantity shortened(Quantity quantity) {
        NamedArray all = quantity.estimate();
        Axis terms = all.axes().get(all.axes().size() - 1);
        int n = terms.size();
        int models = all.data().length / n;
        double[] size = new double[n];
        for (int i = 0; i < all.data().length; i++) {
            size[i % n] += all.data()[i];
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(Math.abs(size[b]), Math.abs(size[a])))
                .mapToInt(Integer::intValue)
                .toArray();
        int shown = Math.min(SHOWN, n);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            labels.add(terms.labels().get(order[i]));
        }
        boolean rest = n > shown;
        if (rest) {
            labels.add("other " + Count.of(n - shown, "term"));
        }
        labels.add("sum of all " + n);
        int width = labels.size();
        double[] values = new double[models * width];
        double[] low = new double[models * width];
        double[] high = new double[models * width];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        Interval interval = quantity.interval();
        for (int m = 0; m < models; m++) {
            for (int i = 0; i < n; i++) {
                double value = all.data()[m * n + order[i]];
                int to = m * width + Math.min(i, shown);
                values[to] += value;
                values[m * width + width - 1] += i < shown || rest ? value : 0;
                if (interval != null && i < shown) {
                    low[to] = interval.low().data()[m * n + order[i]];
                    high[to] = interval.high().data()[m * n + order[i]];
                }
            }
        }
        List<Axis> axes = new ArrayList<>(all.axes());
        axes.set(axes.size() - 1, new Axis(terms.name(), labels));
        return new Quantity(
                quantity.name(),
                quantity.title(),
                quantity.doc(),
                quantity.figure(),
                quantity.unit(),
                new NamedArray(axes, values),
                interval == null
                        ? null
                        : new Interval(
                                new NamedArray(axes, low),
                                new NamedArray(axes, high),
                                interval.level(),
                                interval.method(),
                                interval.n()),
                null,
                quantity.setting());
    }

    /** The sum check: one row for each model. */
    static DataTable check(Quantity quantity, List<Artifact> others) {
        NamedArray all = quantity.estimate();
        int n = all.axes().get(all.axes().size() - 1).size();
        Quantity apart = apart(quantity, others);
        String reading = quantity.setting().sumsTo();
        List<DataTable.Row> rows = new ArrayList<>();
        for (int m = 0; m < all.data().length / n; m++) {
            double sum = Arrays.stream(all.data(), m * n, (m + 1) * n).sum();
            List<Double> numbers = apart == null
                    ? List.of(sum)
                    : List.of(
                            sum,
                            apart.estimate().data()[m],
                            sum - apart.estimate().data()[m]);
            List<String> cells = new ArrayList<>();
            for (double number : numbers) {
                cells.add(Numbers.show(number));
            }
            rows.add(new DataTable.Row("", cells));
        }
        List<String> headers = apart == null
                ? List.of("sum of " + Count.of(n, "term"))
                : List.of(
                        "sum of " + Count.of(n, "term"),
                        reading + " measured apart (" + apart.name() + ")",
                        "difference");
        return new DataTable(headers, rows, rows.size());
    }

    /** The same reading of the same rows, from a run that nothing was changed in. */
    private static @Nullable Quantity apart(Quantity quantity, List<Artifact> others) {
        NamedArray all = quantity.estimate();
        int models = all.data().length / all.axes().get(all.axes().size() - 1).size();
        for (Artifact other : others) {
            if (other instanceof Quantity candidate
                    && candidate.setting().sameRows(quantity.setting())
                    && candidate.setting().reading().equals(quantity.setting().sumsTo())
                    && candidate.setting().edits().isEmpty()
                    && candidate.estimate().data().length == models) {
                return candidate;
            }
        }
        return null;
    }
}
