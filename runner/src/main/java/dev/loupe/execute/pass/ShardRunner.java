package dev.loupe.execute.pass;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.Wanted;
import dev.loupe.execute.load.ModelSupply;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes pieces of a plan for another machine that puts them together.
 *
 * @param done the values that the pieces need, by step
 */
public record ShardRunner(
        ExecutionPlan plan,
        Map<Integer, StepValue> done,
        ModelSupply models,
        Function<RowsRef, RowSet> rows,
        StopSignal stop) {
    /**
     * Makes shards of a pass, or of a step that takes gradients.
     *
     * @param steps those whose parts are wanted
     * @param rowsPerBatch of the whole pass
     * @param to takes the parts, under the ids of their steps
     */
    public void shards(List<PlanStep> steps, int rowsPerBatch, Wanted wanted, ValueStore to) {
        Map<Integer, String> names = new HashMap<>();
        steps.forEach(step -> names.put(step.id(), Integer.toString(step.id())));
        Parts parts = new Parts(to, names, wanted);
        if (steps.get(0) instanceof Differentiate gradients) {
            alone(parts).gradients(gradients).make();
            return;
        }
        List<RowReader> readers = steps.stream().map(RowReader.class::cast).toList();
        new RowPass(
                        plan,
                        readers,
                        rowsPerBatch,
                        () -> models.open(Schedule.first(plan, readers.get(0)).model()),
                        rows,
                        done,
                        Progress.silent(),
                        stop,
                        Meter.off(),
                        parts,
                        KeptStreams.none())
                .make();
    }

    /** The value of a step that is one shard. */
    public StepValue value(PlanStep step) {
        return step.accept(alone(new Parts(ValueStore.none(), Map.of(step.id(), Integer.toString(step.id())))));
    }

    private StepRunner alone(Parts parts) {
        Function<ExecutionPlan, Map<String, StepValue>> within =
                small -> new PlanRunner(models, rows, ValueStore.none(), Progress.silent(), stop).run(small);
        return new StepRunner(
                plan,
                done,
                models,
                rows,
                Progress.silent(),
                stop,
                Meter.off(),
                parts,
                KeptStreams.none(),
                within,
                within);
    }
}
