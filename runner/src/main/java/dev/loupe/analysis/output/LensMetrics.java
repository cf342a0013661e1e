package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of the output, as if the model ended at each depth.
 *
 * @param positions where each position is a number of its own, those of the longest row; 0 otherwise
 */
record LensMetrics(MetricBundle metrics, String at, ResidualSites sites, LogitLens.Scale scale, int positions)
        implements RowReading {
    /** @throws IllegalArgumentException where a metric reads no logits, or at other positions than the lens */
    static LensMetrics of(
            AnalysisPlanning planning, List<String> names, String at, LogitLens.Scale scale, int positions) {
        MetricBundle metrics = MetricBundle.of(planning, names, planning.on());
        LogitsRead wanted = OutputAt.read(at);
        for (int m = 0; m < names.size(); m++) {
            Metric metric = metrics.metrics().get(m);
            LogitsRead logits = metric.logits();
            if (!logits.wanted()) {
                throw new IllegalArgumentException(
                        "`" + names.get(m) + "` reads no logits, and a lens makes nothing but logits");
            }
            if (logits.extent() != wanted.extent() || !logits.at().equals(wanted.at())) {
                String own = logits.extent() == LogitsRead.Extent.EVERYWHERE ? TokenRows.EVERYWHERE : logits.at();
                throw new IllegalArgumentException("`" + names.get(m) + "` reads at `" + own + "`, but the lens at `"
                        + at + "`: write `logit-lens: " + own + "`");
            }
        }
        return new LensMetrics(metrics, at, ResidualSites.of(planning), scale, positions);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return new Depths(sites).points(shape);
    }

    @Override
    public LogitsRead logits() {
        return metrics.logits();
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return among(metrics.axes(shape), shape);
    }

    @Override
    public List<Axis> axes(ModelShape shape, RowsRef rows) {
        return among(metrics.axes(shape, rows), shape);
    }

    /** Depths and positions stand behind the metrics and before the metrics' own axes. */
    private List<Axis> among(List<Axis> own, ModelShape shape) {
        List<Axis> axes = new ArrayList<>(own);
        int behind = metrics.names().size() == 1 ? 0 : 1;
        axes.add(behind, new Depths(sites).axis(shape));
        if (positions > 0) {
            axes.add(behind + 1, Axis.counted("pos", positions));
        }
        return axes;
    }

    @Override
    public void check(TokenRows rows) {
        metrics.check(rows);
    }

    @Override
    public RowValues read(Batch batch) {
        List<HookPoint> points = captures(batch.shape());
        HookPoint end = points.get(points.size() - 1);
        HookPoint held = scale == LogitLens.Scale.HELD && sites.scaled() ? end : null;
        List<RowValues> depths = new ArrayList<>();
        for (HookPoint point : points) {
            depths.add(batch.endingAt(point, at, held, positions > 0, metrics::read));
        }
        return together(depths, batch.rows());
    }

    /** Of each depth [row (and pos), metric, own axes] to [row, metric, depth, (pos,) own axes]. */
    private RowValues together(List<RowValues> depths, TokenRows rows) {
        int length = positions > 0 && rows.rows() > 0 ? rows.tokens()[0].length : 1;
        int width = Math.max(1, positions);
        int count = metrics.names().size();
        int own = depths.get(0).numerator().length / Math.max(1, rows.rows() * length * count);
        RowValues out = RowValues.zeros(rows.rows() * count * depths.size() * width * own);
        for (int d = 0; d < depths.size(); d++) {
            for (int row = 0; row < rows.rows(); row++) {
                for (int pos = 0; pos < length; pos++) {
                    for (int m = 0; m < count; m++) {
                        int from = ((row * length + pos) * count + m) * own;
                        int to = (((row * count + m) * depths.size() + d) * width + pos) * own;
                        System.arraycopy(depths.get(d).numerator(), from, out.numerator(), to, own);
                        System.arraycopy(depths.get(d).denominator(), from, out.denominator(), to, own);
                    }
                }
            }
        }
        return out;
    }

    @Override
    public String label() {
        return "logit lens of " + metrics.label() + (scale == LogitLens.Scale.OWN ? ", own scale" : "");
    }
}
