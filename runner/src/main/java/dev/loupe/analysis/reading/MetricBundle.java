package dev.loupe.analysis.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Several metrics read from one run, side by side on an axis {@code metric}; a lone one has no such axis.
 *
 * @param names their names in the spec
 */
public record MetricBundle(List<String> names, List<Metric> metrics) implements RowReading {
    @Override
    public List<HookPoint> captures(ModelShape shape) {
        Set<HookPoint> all = new LinkedHashSet<>();
        metrics.forEach(m -> all.addAll(m.captures(shape)));
        return List.copyOf(all);
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
        return metrics.size() == 1 ? List.of() : List.of(new Axis("metric", names));
    }

    @Override
    public void check(TokenRows rows) {
        metrics.forEach(metric -> metric.check(rows));
    }

    @Override
    public RowValues read(Batch batch) {
        int n = metrics.size();
        int rows = batch.rows().rows();
        RowValues out = RowValues.zeros(rows * n);
        for (int m = 0; m < n; m++) {
            RowValues one = metrics.get(m).read(batch);
            for (int r = 0; r < rows; r++) {
                out.numerator()[r * n + m] = one.numerator()[r];
                out.denominator()[r * n + m] = one.denominator()[r];
            }
        }
        return out;
    }

    @Override
    public String label() {
        return String.join(", ", metrics.stream().map(Metric::label).toList());
    }
}
