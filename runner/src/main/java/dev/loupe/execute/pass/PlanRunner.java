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
import dev.loupe.plan.edit.Edit;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
        this.meter = meter;
        this.models = models;
        this.rows = rows;
        this.store = store;
        this.progress = progress;
        this.stop = stop;
    }

    /** Values of the plan's outputs by name. */
    public Map<String, StepValue> run(ExecutionPlan plan) {
        Map<Integer, String> keys = StepNames.of(plan);
        Map<Integer, StepValue> done = new HashMap<>();
        List<PlanStep> open = valued(plan);
        while (!open.isEmpty()) {
            List<PlanStep> next = next(plan, open, done);
            open.removeAll(next);
            if (next.get(0).turn() == Turn.ROWS) {
                pass(plan, next, keys, done);
            } else {
                next.forEach(step -> done.put(step.id(), value(step, plan, keys, done)));
            }
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

    /** The steps of a plan that have a value. */
    public static List<PlanStep> valued(ExecutionPlan plan) {
        List<PlanStep> valued = new ArrayList<>(plan.steps());
        valued.removeIf(step -> step.turn() == Turn.WITH_OTHERS);
        return valued;
    }

    /** What is run next: all that follows at once, else the first step that runs alone, else the next pass. */
    static List<PlanStep> next(ExecutionPlan plan, List<PlanStep> open, Map<Integer, StepValue> done) {
        Set<Integer> waiting = new HashSet<>();
        open.forEach(step -> waiting.add(step.id()));
        List<PlanStep> ready = open.stream()
                .filter(step -> step.inputs().stream().noneMatch(waiting::contains))
                .toList();
        List<PlanStep> derived =
                ready.stream().filter(step -> step.turn() == Turn.DERIVED).toList();
        if (!derived.isEmpty()) {
            return derived;
        }
        List<PlanStep> alone = ready.stream()
                .filter(step -> step.turn() == Turn.ALONE)
                .limit(1)
                .toList();
        return alone.isEmpty() ? nextPass(plan, open, done) : alone;
    }

    private void pass(
            ExecutionPlan plan, List<PlanStep> pass, Map<Integer, String> keys, Map<Integer, StepValue> done) {
        List<RowReader> missing = new ArrayList<>();
        for (PlanStep step : pass) {
            store.find(key(keys, step))
                    .ifPresentOrElse(v -> done.put(step.id(), v), () -> missing.add((RowReader) step));
        }
        if (missing.isEmpty()) {
            return;
        }
        Forward first = first(plan, missing.get(0));
        progress.stage(first.model().label() + ": " + describe(missing), 0);
        LoadedModel loaded = meter.of(first.load(), () -> models.open(first.model()));
        Parts parts = new Parts(store, keys);
        new RowPass(plan, missing, rowsPerBatch(plan, pass), loaded, rows, done, progress, stop, meter, parts)
                .run()
                .forEach((id, value) -> {
                    done.put(id, value);
                    store.store(key(keys, plan.step(id)), value);
                });
    }

    private StepValue value(
            PlanStep step, ExecutionPlan plan, Map<Integer, String> keys, Map<Integer, StepValue> done) {
        if (step.turn() == Turn.DERIVED) {
            return step.accept(alone(plan, keys, done));
        }
        Optional<StepValue> kept = store.find(key(keys, step));
        if (kept.isPresent()) {
            return kept.get();
        }
        StepValue value = step.accept(alone(plan, keys, done));
        store.store(key(keys, step), value);
        return value;
    }

    private StepRunner alone(ExecutionPlan plan, Map<Integer, String> keys, Map<Integer, StepValue> done) {
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
                within(progress)::run,
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

    /** Batches of the whole pass, whatever a killed run left of it: other batches would give other last bits. */
    public static int rowsPerBatch(ExecutionPlan plan, List<PlanStep> pass) {
        return pass.stream()
                .flatMap(step -> closure(plan, (RowReader) step).stream())
                .mapToInt(Forward::rowsPerBatch)
                .min()
                .orElse(1);
    }

    private static String describe(List<RowReader> pass) {
        String first = pass.get(0).describe();
        return pass.size() == 1 ? first : first + " and " + (pass.size() - 1) + " more";
    }

    /**
     * Every open step that can be read beside the first one that can: same model, aligned rows, all inputs known. A step
     * that needs weights alone comes by itself.
     */
    private static List<PlanStep> nextPass(ExecutionPlan plan, List<PlanStep> open, Map<Integer, StepValue> done) {
        List<PlanStep> pass = new ArrayList<>();
        for (PlanStep step : open) {
            if (pass.isEmpty() && step.turn() == Turn.WEIGHTS) {
                return List.of(step);
            }
            if (step instanceof RowReader reader && ready(plan, reader, done)) {
                Forward run = first(plan, reader);
                Forward with = pass.isEmpty() ? run : first(plan, (RowReader) pass.get(0));
                if (run.model().equals(with.model())
                        && run.rows().alignment().equals(with.rows().alignment())) {
                    pass.add(step);
                }
            }
        }
        if (pass.isEmpty()) {
            throw new IllegalStateException("no step can run: " + open);
        }
        return pass;
    }

    private static boolean ready(ExecutionPlan plan, RowReader step, Map<Integer, StepValue> done) {
        return closure(plan, step).stream()
                .flatMap(f -> f.cells().stream())
                .flatMap(c -> c.edits().stream())
                .allMatch(e -> done.keySet().containsAll(e.summaries()));
    }

    private static Forward first(ExecutionPlan plan, RowReader step) {
        return plan.forward(step.forwards().get(0));
    }

    /** The forward passes that a step needs row by row, those first whose values others use. */
    static Set<Forward> closure(ExecutionPlan plan, RowReader step) {
        Set<Forward> all = new LinkedHashSet<>();
        Set<Integer> seen = new HashSet<>();
        step.forwards().forEach(id -> visit(plan, id, all, seen));
        return all;
    }

    private static void visit(ExecutionPlan plan, int id, Set<Forward> all, Set<Integer> seen) {
        if (!seen.add(id)) {
            return;
        }
        Forward forward = plan.forward(id);
        if (forward.resumeFrom() >= 0) {
            visit(plan, forward.resumeFrom(), all, seen);
        }
        for (var cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                if (edit.value().run() >= 0) {
                    visit(plan, edit.value().run(), all, seen);
                }
            }
        }
        all.add(forward);
    }
}
