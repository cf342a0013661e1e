package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** Reads metrics from the unedited model: from rows of tokens, or for a network without tokens from vectors. */
@Named("evaluate")
@Doc("Read one or more metrics from the unedited model.")
@Example("{evaluate: second-half-loss}")
public record Evaluate(
        @OneOrMany
        @Doc("Metrics of this spec by their names, or written here.")
        @NameOf(value = "metric", inPlace = Metric.class)
        List<String> evaluate)
        implements OutputAnalysis {
    public Evaluate {
        if (evaluate.isEmpty()) {
            throw new IllegalArgumentException("name at least one metric");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!planning.model().shape().readsTokens()) {
            List<Metric> metrics = evaluate.stream().map(planning::metric).toList();
            return new VectorEvaluation(evaluate, metrics, planning.vectors()).add(planning);
        }
        MetricBundle reading = MetricBundle.of(planning, evaluate, planning.on());
        int run = planning.clean(
                planning.rows(planning.on()), reading.captures(planning.model().shape()), reading.logits());
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
    }

    @Override
    public String title() {
        return "The unedited model";
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Metric.side(metrics);
    }

    @Override
    public List<String> reads() {
        return evaluate;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String parts() {
        return evaluate.size() == 1 ? "" : "metric";
    }
}
