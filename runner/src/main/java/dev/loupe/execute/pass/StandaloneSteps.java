package dev.loupe.execute.pass;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.load.ModelSupply;
import dev.loupe.execute.step.Agreeing;
import dev.loupe.execute.step.CircuitFaithfulness;
import dev.loupe.execute.step.CircuitReader;
import dev.loupe.execute.step.Overlapping;
import dev.loupe.execute.step.Pruning;
import dev.loupe.execute.step.Rechecked;
import dev.loupe.execute.step.RowwiseChecks;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.Agreement;
import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.EstimateScatter;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.RankingOverlap;
import dev.loupe.plan.RealRuns;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.RecheckRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.RowTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Runs the steps that cannot be read beside others in one pass over the rows: gradients, and whatever makes small plans of its
 * own from finished results (real runs of the cells that estimates find, how the two agree, pruning, overlaps).
 *
 * @param meter told of the work of gradients
 * @param parts shards that were finished before
 * @param runner runs the small plans that a step asks for, with the same models, rows and store
 * @param unseen the same without telling of progress, for steps that ask for many
 */
record StandaloneSteps(
        ModelSupply models,
        Function<RowsRef, RowSet> rows,
        Progress progress,
        StopSignal stop,
        Meter meter,
        Parts parts,
        Function<ExecutionPlan, Map<String, StepValue>> runner,
        Function<ExecutionPlan, Map<String, StepValue>> unseen) {
    private static final RowTable NOTHING = new RowTable(List.of(), 0, new double[0], new double[0]);

    static boolean has(PlanStep step) {
        return step instanceof Differentiate
                || step instanceof Recheck
                || step instanceof RecheckRows
                || step instanceof Agreement
                || step instanceof EstimateScatter
                || step instanceof RankingOverlap
                || step instanceof Prune
                || step instanceof Pruned;
    }

    /** Whether everything that it needs is known. */
    static boolean ready(PlanStep step, Map<Integer, StepValue> done) {
        boolean first = step instanceof Differentiate || step instanceof Prune;
        return first || (has(step) && done.keySet().containsAll(step.inputs()));
    }

    StepValue value(PlanStep step, Map<Integer, StepValue> done) {
        if (step instanceof Differentiate gradient) {
            GradientReading reading = (GradientReading) gradient.estimate();
            LoadedModel model = models.open(gradient.model());
            return new StepValue.Table(
                    new GradientPass(gradient, reading, model, rows, progress, stop, meter, parts).run());
        }
        if (step instanceof Recheck recheck) {
            return new StepValue.Table(recheck(recheck, table(done.get(recheck.estimate()))));
        }
        if (step instanceof Prune prune) {
            return new StepValue.Table(new Pruning(prune, reader(prune.runs(), prune.measure()), progress).run());
        }
        if (step instanceof Pruned pruned) {
            return new StepValue.Table(new CircuitFaithfulness(pruned, runs -> reader(runs, pruned.measure()))
                    .of(table(done.get(pruned.prune()))));
        }
        if (step instanceof RecheckRows recheck) {
            return new StepValue.Table(RowwiseChecks.recheck(
                    recheck,
                    table(done.get(recheck.estimate())),
                    table(done.get(recheck.value())),
                    table(done.get(recheck.zero()))));
        }
        if (step instanceof EstimateScatter points) {
            return new StepValue.Numbers(RowwiseChecks.points(points, table(done.get(points.recheck()))));
        }
        if (step instanceof RankingOverlap overlap) {
            return new StepValue.Numbers(Overlapping.of(overlap, done));
        }
        Agreement agreement = (Agreement) step;
        RowTable both = table(done.get(agreement.recheck()));
        return agreement.rows()
                ? new StepValue.Table(RowwiseChecks.agreement(agreement, both))
                : new StepValue.Numbers(Agreeing.of(both.estimate(), agreement.axis(), agreement.top()));
    }

    private CircuitReader reader(CircuitRuns runs, Prune.Measure measure) {
        return new CircuitReader(runs, measure, unseen);
    }

    private RowTable recheck(Recheck step, RowTable estimate) {
        List<Integer> cells =
                Rechecked.largest(estimate.estimate().data(), step.runs().cells(), step.best());
        if (cells.isEmpty()) {
            return Rechecked.of(estimate, NOTHING, NOTHING, cells);
        }
        Map<String, StepValue> exact = runner.apply(step.runs().only(cells));
        return Rechecked.of(estimate, table(exact.get(RealRuns.VALUE)), table(exact.get(RealRuns.ZERO)), cells);
    }

    private static RowTable table(@org.jspecify.annotations.Nullable StepValue value) {
        if (Objects.requireNonNull(value) instanceof StepValue.Table table) {
            return table.table();
        }
        throw new IllegalStateException("no table of rows");
    }
}
