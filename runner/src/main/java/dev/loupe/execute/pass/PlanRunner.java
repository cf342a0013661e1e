package dev.loupe.execute.pass;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.TokenComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.load.ModelSupply;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.Compute;
import dev.loupe.plan.Derived;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.Computation;
import dev.loupe.plan.ask.ModelRef;
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
            List<PlanStep> ahead = ahead(open, done);
            if (!ahead.isEmpty()) {
                ahead.forEach(step -> done.put(step.id(), value(step, plan, keys, done)));
                open.removeAll(ahead);
                continue;
            }
            List<PlanStep> pass = nextPass(plan, open, done);
            open.removeAll(pass);
            List<PlanStep> missing = new ArrayList<>();
            for (PlanStep step : pass) {
                store.find(key(keys, step)).ifPresentOrElse(v -> done.put(step.id(), v), () -> missing.add(step));
            }
            if (missing.isEmpty()) {
                continue;
            }
            ModelRef model = modelOf(plan, pass.get(0));
            progress.stage(model.label() + ": " + describe(missing), 0);
            LoadedModel loaded = meter.of(load(plan, pass.get(0)), () -> models.open(model));
            for (Map.Entry<Integer, StepValue> value : run(
                            plan, missing, rowsPerBatch(plan, pass), loaded, done, new Parts(store, keys))
                    .entrySet()) {
                done.put(value.getKey(), value.getValue());
                store.store(key(keys, plan.step(value.getKey())), value.getValue());
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
        valued.removeIf(step -> !(step instanceof ReadRows
                || step instanceof Summarise
                || step instanceof Compute
                || step instanceof Derived
                || StandaloneSteps.has(step)));
        return valued;
    }

    /** What comes before the next pass: all that follows from finished values alone, else the first step that runs alone. */
    public static List<PlanStep> ahead(List<PlanStep> open, Map<Integer, StepValue> done) {
        List<PlanStep> derived = open.stream()
                .filter(s -> s instanceof Derived && done.keySet().containsAll(s.inputs()))
                .toList();
        return !derived.isEmpty()
                ? derived
                : open.stream()
                        .filter(s -> StandaloneSteps.ready(s, done))
                        .limit(1)
                        .toList();
    }

    private StepValue value(
            PlanStep step, ExecutionPlan plan, Map<Integer, String> keys, Map<Integer, StepValue> done) {
        if (step instanceof Derived derived) {
            return Derivation.of(derived, plan, done);
        }
        Optional<StepValue> kept = store.find(key(keys, step));
        if (kept.isPresent()) {
            return kept.get();
        }
        StepValue value = meter.of(step.id(), () -> loneSteps(keys).value(step, done));
        store.store(key(keys, step), value);
        return value;
    }

    private StandaloneSteps loneSteps(Map<Integer, String> keys) {
        Parts parts = new Parts(store, keys);
        return new StandaloneSteps(
                models, rows, progress, stop, meter, parts, within(progress)::run, within(Progress.silent())::run);
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
                .flatMap(step -> closure(plan, step).stream())
                .mapToInt(Forward::rowsPerBatch)
                .min()
                .orElse(1);
    }

    private Map<Integer, StepValue> run(
            ExecutionPlan plan,
            List<PlanStep> pass,
            int rowsPerBatch,
            LoadedModel model,
            Map<Integer, StepValue> done,
            Parts parts) {
        if (pass.get(0) instanceof Compute compute) {
            try (NDManager scope = model.manager().newSubManager()) {
                return meter.of(
                        compute.id(),
                        () -> Map.of(compute.id(), computed(compute.computation(), model.weights(scope))));
            }
        }
        return new RowPass(plan, pass, rowsPerBatch, model, rows, done, progress, stop, meter, parts).run();
    }

    private static StepValue computed(Computation computation, WeightAccess weights) {
        return computation instanceof TokenComputation tokens
                ? tokens.rank(weights)
                : new StepValue.Numbers(((ModelComputation) computation).compute(weights));
    }

    private static String describe(List<PlanStep> pass) {
        String first = pass.get(0).describe();
        return pass.size() == 1 ? first : first + " and " + (pass.size() - 1) + " more";
    }

    /** Every open step that can run beside the first one that can: same model, aligned rows, all inputs known. */
    public static List<PlanStep> nextPass(ExecutionPlan plan, List<PlanStep> open, Map<Integer, StepValue> done) {
        List<PlanStep> pass = new ArrayList<>();
        for (PlanStep step : open) {
            if (step instanceof Derived || StandaloneSteps.has(step) || !ready(plan, step, done)) {
                continue;
            }
            if (pass.isEmpty()) {
                pass.add(step);
                if (step instanceof Compute) {
                    return pass;
                }
            } else if (!(step instanceof Compute)
                    && modelOf(plan, step).equals(modelOf(plan, pass.get(0)))
                    && alignment(plan, step).equals(alignment(plan, pass.get(0)))) {
                pass.add(step);
            }
        }
        if (pass.isEmpty()) {
            throw new IllegalStateException("no step can run: " + open);
        }
        return pass;
    }

    private static boolean ready(ExecutionPlan plan, PlanStep step, Map<Integer, StepValue> done) {
        return closure(plan, step).stream()
                .flatMap(f -> f.cells().stream())
                .flatMap(c -> c.edits().stream())
                .allMatch(e -> done.keySet().containsAll(e.summaries()));
    }

    private static ModelRef modelOf(ExecutionPlan plan, PlanStep step) {
        return step instanceof Compute compute
                ? compute.model()
                : plan.forward(forwards(step).get(0)).model();
    }

    /** The step that makes a step's model available. */
    private static int load(ExecutionPlan plan, PlanStep step) {
        return step instanceof Compute compute
                ? compute.load()
                : plan.forward(forwards(step).get(0)).load();
    }

    private static String alignment(ExecutionPlan plan, PlanStep step) {
        return plan.forward(forwards(step).get(0)).rows().alignment();
    }

    static List<Integer> forwards(PlanStep step) {
        if (step instanceof ReadRows collect) {
            return collect.forwards();
        }
        return step instanceof Summarise summarise ? List.of(summarise.forward()) : List.of();
    }

    /** The forward passes that a step needs row by row, those first whose values others use. */
    static Set<Forward> closure(ExecutionPlan plan, PlanStep step) {
        Set<Forward> all = new LinkedHashSet<>();
        Set<Integer> seen = new HashSet<>();
        forwards(step).forEach(id -> visit(plan, id, all, seen));
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
