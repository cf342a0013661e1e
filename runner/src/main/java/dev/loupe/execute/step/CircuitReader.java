package dev.loupe.execute.step;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Prune;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is read from parts of a model, one number per row and run: the metric, or the divergence from the whole model. */
public final class CircuitReader {
    private final CircuitRuns runs;
    private final Prune.Measure measure;
    private final Function<ExecutionPlan, Map<String, StepValue>> runner;
    private final RowTable whole;
    private final RowTable other;

    /** @param runner runs the small plans */
    public CircuitReader(
            CircuitRuns runs, Prune.Measure measure, Function<ExecutionPlan, Map<String, StepValue>> runner) {
        this.runs = runs;
        this.measure = measure;
        this.runner = runner;
        Map<String, StepValue> ends =
                runner.apply(PlanOptimizer.optimize(runs.ends()).plan());
        whole = table(ends, CircuitRuns.WHOLE);
        other = table(ends, CircuitRuns.OTHER);
    }

    /** Of the whole model [row]. */
    public RowTable whole() {
        return numbers(whole, List.of());
    }

    /** Of the run whose outputs removed edges carry [row]. */
    RowTable other() {
        return numbers(other, List.of());
    }

    /** Of runs without these edges [row, run]. */
    public RowTable without(List<Set<Integer>> removed) {
        Map<String, StepValue> values =
                runner.apply(PlanOptimizer.optimize(runs.without(removed)).plan());
        return numbers(table(values, CircuitRuns.VALUE), List.of(Axis.counted("cell", removed.size())));
    }

    private RowTable numbers(RowTable read, List<Axis> axes) {
        return measure == Prune.Measure.METRIC
                ? new RowTable(axes, read.rows(), read.numerator(), read.denominator())
                : divergence(read, axes);
    }

    /** sum over ids of p (log p - log q), p of the whole model, of log-probabilities [row, id, axes...]. */
    private RowTable divergence(RowTable read, List<Axis> axes) {
        int ids = whole.width();
        int cells = read.width() / ids;
        double[] sum = new double[read.rows() * cells];
        double[] count = new double[sum.length];
        Arrays.fill(count, 1);
        for (int row = 0; row < read.rows(); row++) {
            for (int id = 0; id < ids; id++) {
                double own = whole.numerator()[row * ids + id];
                double p = Math.exp(own);
                for (int cell = 0; p > 0 && cell < cells; cell++) {
                    sum[row * cells + cell] += p * (own - read.numerator()[(row * ids + id) * cells + cell]);
                }
            }
        }
        return new RowTable(axes, read.rows(), sum, count);
    }

    private static RowTable table(Map<String, StepValue> values, String name) {
        if (values.get(name) instanceof StepValue.Table table) {
            return table.table();
        }
        throw new IllegalStateException(name + " is not a table of rows");
    }
}
