package dev.loupe.execute.pass;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.load.ModelSupply;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.PlanStep.Turn;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a plan. Steps that read rows are grouped into passes over the data: one pass per model and alignment, run when every
 * summary that its edits write is known. Inside a pass each batch runs every forward pass it needs once.
 */
public final class PlanRunner {
    private final ModelSupply models;
    private final Function<RowsRef, RowSet> rows;
    private final ValueStore store;
    private final Progress progress;
    private final StopSignal stop;
    private final Meter meter;
    private final Ahead ahead;

    public PlanRunner(
            ModelSupply models, Function<RowsRef, RowSet> rows, ValueStore store, Progress progress, StopSignal stop) {
        this(models, rows, store, progress, stop, Meter.off());
    }

    /** @param meter told what each step took */
    public PlanRunner(
            ModelSupply models,
            Function<RowsRef, RowSet> rows,
            ValueStore store,
            Progress progress,
            StopSignal stop,
            Meter meter) {
        this(models, rows, store, progress, stop, meter, Ahead.nothing());
    }

    private PlanRunner(
            ModelSupply models,
            Function<RowsRef, RowSet> rows,
            ValueStore store,
            Progress progress,
            StopSignal stop,
            Meter meter,
            Ahead ahead) {
        this.meter = meter;
        this.ahead = ahead;
        this.models = models;
        this.rows = rows;
        this.store = store;
        this.progress = progress;
        this.stop = stop;
    }

    /** The same plan runner that has work made elsewhere first. */
    public PlanRunner with(Ahead elsewhere) {
        return new PlanRunner(models, rows, store, progress, stop, meter, elsewhere);
    }

    /** Values of the plan's outputs by name. */
    public Map<String, StepValue> run(ExecutionPlan plan) {
        Map<Integer, String> keys = StepNames.of(plan);
        KeptStreams streams = KeptStreams.of(plan, store);
        Map<Integer, StepValue> done = new HashMap<>();
        List<Schedule.Group> open = new ArrayList<>(Schedule.of(plan));
        while (!open.isEmpty()) {
            List<Schedule.Group> next = next(open, done);
            Map<Integer, StepValue> made = ahead.make(plan, next, done, keys, store);
            for (Schedule.Group group : next) {
                if (group.pass()) {
                    pass(plan, group.steps(), keys, streams, done);
                } else {
                    group.steps().forEach(step -> done.put(step.id(), value(step, plan, keys, streams, done, made)));
                }
            }
            open.removeAll(next);
        }
        progress.done();
        Map<String, StepValue> outputs = new LinkedHashMap<>();
        plan.outputs().forEach((name, id) -> {
            StepValue value = done.get(id);
            if (value == null) {
                throw new IllegalStateException("output " + name + " was not computed");
            }
            outputs.put(name, value);
        });
        return outputs;
    }

    /** In their order, one at a time, so that a model is loaded once; all that are ready where they are made elsewhere. */
    private List<Schedule.Group> next(List<Schedule.Group> open, Map<Integer, StepValue> done) {
        return ahead.together()
                ? open.stream()
                        .filter(group -> done.keySet().containsAll(group.needs()))
                        .toList()
                : List.of(open.get(0));
    }

    private void pass(
            ExecutionPlan plan,
            List<PlanStep> pass,
            Map<Integer, String> keys,
            KeptStreams streams,
            Map<Integer, StepValue> done) {
        List<RowReader> missing = new ArrayList<>();
        for (PlanStep step : pass) {
            store.find(key(keys, step))
                    .ifPresentOrElse(v -> done.put(step.id(), v), () -> missing.add((RowReader) step));
        }
        if (missing.isEmpty()) {
            return;
        }
        Forward first = Schedule.first(plan, missing.get(0));
        progress.stage(first.model().label() + ": " + describe(missing), 0);
        Supplier<LoadedModel> model = () -> meter.of(first.load(), () -> models.open(first.model()));
        Parts parts = new Parts(store, keys);
        int rowsPerBatch = Schedule.rowsPerBatch(plan, pass);
        new RowPass(plan, missing, rowsPerBatch, model, rows, done, progress, stop, meter, parts, streams)
                .run()
                .forEach((id, value) -> {
                    done.put(id, value);
                    store.store(key(keys, plan.step(id)), value);
                });
    }

    private StepValue value(
            PlanStep step,
            ExecutionPlan plan,
            Map<Integer, String> keys,
            KeptStreams streams,
            Map<Integer, StepValue> done,
            Map<Integer, StepValue> made) {
        if (step.turn() == Turn.DERIVED) {
            return step.accept(alone(plan, keys, streams, done));
        }
        Optional<StepValue> kept = store.find(key(keys, step));
        if (kept.isPresent()) {
            return kept.get();
        }
        StepValue elsewhere = made.get(step.id());
        StepValue value = elsewhere != null ? elsewhere : step.accept(alone(plan, keys, streams, done));
        store.store(key(keys, step), value);
        return value;
    }

    private StepRunner alone(
            ExecutionPlan plan, Map<Integer, String> keys, KeptStreams streams, Map<Integer, StepValue> done) {
        Parts parts = new Parts(store, keys);
        return new StepRunner(
                plan,
                done,
                models,
                rows,
                progress,
                stop,
                meter,
                parts,
                streams,
                within(progress).with(ahead)::run,
                within(Progress.silent())::run);
    }

    /** Runs the small plans of a step. */
    private PlanRunner within(Progress shown) {
        return new PlanRunner(models, rows, store.within(), shown, stop, meter.within());
    }

    private static String key(Map<Integer, String> keys, PlanStep step) {
        String key = keys.get(step.id());
        if (key == null) {
            throw new IllegalStateException("no key for #" + step.id());
        }
        return key;
    }

    private static String describe(List<RowReader> pass) {
        String first = pass.get(0).describe();
        return pass.size() == 1 ? first : first + " and " + (pass.size() - 1) + " more";
    }
}
