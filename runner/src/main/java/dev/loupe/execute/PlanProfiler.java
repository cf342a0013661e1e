package dev.loupe.execute;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.Models;
import dev.loupe.execute.pass.PlanRunner;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelFamily;
import java.util.Map;

/**
 * Runs plans of one checked experiment, one after another, with its model kept in memory: what measures a plan needs. Nothing
 * is stored, and nothing is taken from an earlier run.
 */
public final class PlanProfiler implements AutoCloseable {
    private final SpecFile.Checked checked;
    private final Models models;
    private final Progress progress;
    private final StopSignal stop;

    public PlanProfiler(SpecFile.Checked checked, RunRequest request, Progress progress, StopSignal stop) {
        this.checked = checked;
        this.progress = progress;
        this.stop = stop;
        models = new Models(checked.experiment(), request, progress, stop);
        models.know(checked.whole().models());
    }

    /** The plan as the spec asks for it, before any rule. */
    public ExecutionPlan plan() {
        return checked.whole().plan();
    }

    /**
     * The experiment's first model, in memory.
     *
     * @throws IllegalStateException where it is no transformer
     */
    public Transformer transformer() {
        ModelFamily family = checked.experiment().models().values().iterator().next();
        Transformer found = models.open(family.first().ref()).transformer();
        if (found == null) {
            throw new IllegalStateException("this model runs no tokens");
        }
        return found;
    }

    /** Values of the plan's outputs by name. */
    public Map<String, StepValue> run(ExecutionPlan plan) {
        return run(plan, Meter.off());
    }

    /** The same, telling what each step took. */
    public Map<String, StepValue> run(ExecutionPlan plan, Meter meter) {
        return new PlanRunner(
                        models, ref -> checked.experiment().rows().of(ref), ValueStore.none(), progress, stop, meter)
                .run(plan);
    }

    @Override
    public void close() {
        models.close();
    }
}
