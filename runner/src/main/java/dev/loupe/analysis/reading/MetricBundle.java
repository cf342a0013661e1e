package dev.loupe.analysis.reading;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Several metrics read from one run, side by side on an axis {@code metric}; a lone one has no such axis. Axes of the metrics
 * themselves, which must be the same for all, come after it.
 *
 * @param names their names in the spec
 */
public record MetricBundle(List<String> names, List<Metric> metrics) implements RowReading {
    /**
     * Metrics of a spec for the rows of a dataset.
     *
     * @throws IllegalArgumentException where they have different axes
     */
    public static MetricBundle of(AnalysisPlanning planning, List<String> names, String dataset) {
        MetricBundle bundle =
                new MetricBundle(names, names.stream().map(planning::metric).toList());
        bundle.axes(planning.model().shape(), planning.rows(dataset));
        return bundle;
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        Set<HookPoint> all = new LinkedHashSet<>();
        metrics.forEach(m -> all.addAll(m.captures(shape)));
        return List.copyOf(all);
    }

    @Override
    public List<Integer> summaries() {
        return metrics.stream().flatMap(m -> m.summaries().stream()).distinct().toList();
    }

    @Override
    public MetricBundle renamed(IntUnaryOperator ids) {
        return new MetricBundle(names, metrics.stream().map(m -> m.renamed(ids)).toList());
    }

    @Override
    public LogitsRead logits() {
        LogitsRead all = LogitsRead.NONE;
        for (Metric metric : metrics) {
            all = all.and(metric.logits());
        }
        return all;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return named(metrics.get(0).axes(shape));
    }

    @Override
    public List<Axis> axes(ModelShape shape, RowsRef rows) {
        List<Axis> own = metrics.get(0).axes(shape, rows);
        for (int m = 1; m < metrics.size(); m++) {
            List<Axis> other = metrics.get(m).axes(shape, rows);
            if (!other.equals(own)) {
                throw new IllegalArgumentException("`" + names.get(0) + "` has " + described(own) + ", `"
                        + names.get(m) + "` " + described(other)
                        + ": metrics that are read together must have the same axes, so read them in two measurements");
            }
        }
        return named(own);
    }

    private static String described(List<Axis> axes) {
        return axes.isEmpty() ? "no axis" : NamedArray.describe(axes);
    }

    private List<Axis> named(List<Axis> own) {
        List<Axis> all = new ArrayList<>(metrics.size() == 1 ? List.of() : List.of(new Axis("metric", names)));
        all.addAll(own);
        return all;
    }

    /** One number of each metric for every component of the bundle's values, in their order. */
    public List<Double> perComponent(ModelShape shape, RowsRef rows, ToDoubleFunction<Metric> of) {
        return metrics.stream()
                .flatMap(m -> Collections.nCopies(NamedArray.sizeOf(m.axes(shape, rows)), of.applyAsDouble(m)).stream())
                .toList();
    }

    @Override
    public void check(TokenRows rows) {
        metrics.forEach(metric -> metric.check(rows));
    }

    @Override
    public void check(TokenRows rows, ModelShape shape) {
        metrics.forEach(metric -> metric.check(rows, shape));
    }

    @Override
    public RowValues read(Batch batch) {
        int n = metrics.size();
        int rows = batch.rows().rows();
        List<RowValues> read = metrics.stream().map(m -> m.read(batch)).toList();
        int width = read.get(0).numerator().length / rows;
        RowValues out = RowValues.zeros(rows * n * width);
        for (int m = 0; m < n; m++) {
            RowValues one = read.get(m);
            for (int r = 0; r < rows; r++) {
                int to = (r * n + m) * width;
                System.arraycopy(one.numerator(), r * width, out.numerator(), to, width);
                System.arraycopy(one.denominator(), r * width, out.denominator(), to, width);
            }
        }
        return out;
    }

    @Override
    public String label() {
        return String.join(", ", metrics.stream().map(Metric::label).toList());
    }
}
