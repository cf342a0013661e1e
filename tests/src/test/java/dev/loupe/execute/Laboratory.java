package dev.loupe.execute;

import static java.util.Objects.requireNonNull;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.Models;
import dev.loupe.execute.pass.PlanRunner;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.WorkElsewhere;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs specs written in a test, with models and data of a folder of its own. */
final class Laboratory implements AutoCloseable {
    private final Path folder;
    private final SpecFile.Checked checked;
    private final Models models;

    /** @param folder where the spec is put; its files are found there */
    Laboratory(Path folder, String yaml) {
        this(folder, yaml, Specs.HOME.resolve("models"));
    }

    /** @param own where model folders and cards lie */
    Laboratory(Path folder, String yaml, Path own) {
        this.folder = folder;
        Path spec = folder.resolve("spec.yaml");
        try {
            Files.writeString(spec, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checked = new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of(own))).check();
        models = new Models(checked.experiment(), request(), Progress.silent(), new StopSignal());
        models.know(checked.whole().models());
    }

    private RunRequest request() {
        return new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
    }

    /** The plan as the planner makes it, placeholders for what only a run can tell. */
    ExecutionPlan plan() {
        return checked.whole().plan();
    }

    /** The rows of a dataset of the plan. */
    RowSet rows(RowsRef ref) {
        return checked.experiment().rows().of(ref);
    }

    Map<String, StepValue> run(ExecutionPlan plan) {
        return run(plan, ValueStore.none());
    }

    Map<String, StepValue> run(ExecutionPlan plan, ValueStore store) {
        return run(plan, store, Meter.off());
    }

    Map<String, StepValue> run(ExecutionPlan plan, ValueStore store, Meter meter) {
        Function<RowsRef, RowSet> rows = ref -> checked.experiment().rows().of(ref);
        return new PlanRunner(models, rows, store, Progress.silent(), new StopSignal(), meter).run(plan);
    }

    /** The same with shards that a cluster makes. */
    Map<String, StepValue> run(ExecutionPlan plan, ValueStore store, Cluster cluster) {
        Function<RowsRef, RowSet> rows = ref -> checked.experiment().rows().of(ref);
        return new PlanRunner(models, rows, store, Progress.silent(), new StopSignal())
                .with(WorkElsewhere.on(cluster, models, request(), rows, Progress.silent(), new StopSignal()))
                .run(plan);
    }

    /** The table of a measurement on a single model, from the plan as it is. */
    static RowTable table(Path folder, String yaml, String name) {
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return table(requireNonNull(lab.run(lab.plan()).get(name)));
        }
    }

    static RowTable table(StepValue value) {
        return ((StepValue.Table) value).table();
    }

    /** The whole way to a stored result. */
    RunResult result() {
        try {
            return new ExperimentRun(checked, "", request(), Progress.silent(), new StopSignal())
                    .run()
                    .result();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NamedArray numbers(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(a -> a instanceof Quantity q && q.name().equals(name))
                .map(a -> ((Quantity) a).estimate())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    @Override
    public void close() {
        models.close();
    }
}
