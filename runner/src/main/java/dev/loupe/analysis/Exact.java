package dev.loupe.analysis;

import dev.loupe.intervention.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Agreement;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Recheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exact sweep that an estimate stands for, as steps that are not in the plan: a recheck carries them and runs the few
 * cells that the estimate finds.
 */
record Exact(List<PlanStep> steps, int value, int zero) {
    /** Takes the steps since {@code mark}, which belong to the sweep alone, back out of the plan. */
    static Exact of(AnalysisPlanning planning, int mark, String name, Metric metric, String edited, Sweep sweep) {
        Several reading = new Several(List.of(name), List.of(metric));
        int value = Apply.read(planning, reading, edited, sweep);
        int zero = Apply.read(planning, reading, edited, Sweep.NOTHING);
        List<PlanStep> steps = planning.builder().since(mark);
        planning.builder().rollback(mark);
        return new Exact(steps, value, zero);
    }

    /** Adds what is shown; the estimate alone where nothing is rechecked. */
    int recheck(AnalysisPlanning planning, int estimate, @Nullable Integer best, Screened show) {
        if (best == null) {
            return estimate;
        }
        // A null's directions are no activations that could be written, so there is nothing to run.
        int most = planning.randomDirections() == null ? best : 0;
        LoadModel load = new LoadModel(planning.load(), planning.model());
        int both = planning.builder().add(id -> Recheck.of(id, estimate, load, steps, value, zero, most));
        return show == Screened.CELLS ? both : planning.builder().add(id -> new Agreement(id, both, Screened.TOP));
    }
}
