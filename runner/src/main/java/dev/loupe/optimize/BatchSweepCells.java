package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cells of a sweep share a batch: larger products run at a higher rate. As many as a fixed number of tokens and a fixed
 * budget of bytes allow, never what happens to be free.
 */
public final class BatchSweepCells implements Rule {
    /** Beyond so many tokens a batch gains nothing more. */
    private static final long TOKENS = 4096;

    private static final long BYTES = 512_000_000;

    @Override
    public String name() {
        return "batch sweep cells";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        long before = 0;
        long after = 0;
        List<PlanStep> steps = new ArrayList<>();
        Map<Integer, Integer> shared = together(plan);
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward && forward.cells().size() > 1) {
                int together = Math.max(forward.cellsPerBatch(), shared.getOrDefault(forward.id(), 1));
                before += batches(forward, forward.cellsPerBatch());
                after += batches(forward, together);
                steps.add(forward.inBatchesOf(together));
            } else {
                steps.add(step);
            }
        }
        return before == after
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(before, "batch of edited rows becomes ", "batches of edited rows become ") + after));
    }

    /** Cells of a batch by run. One that records is run for the cells of each batch of the other. */
    private static Map<Integer, Integer> together(ExecutionPlan plan) {
        Map<Integer, Integer> together = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward) {
                together.put(forward.id(), together(forward));
                Forward recording =
                        SweptRun.of(plan, forward).map(SweptRun::recording).orElse(null);
                if (recording != null) {
                    int least = Math.min(together(recording), together(forward));
                    together.put(forward.id(), least);
                    together.put(recording.id(), least);
                }
            }
        }
        return together;
    }

    private static int together(Forward forward) {
        long rows = Math.min(forward.rowsPerBatch(), forward.rows().rows());
        long run = 1;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            run = Math.max(
                    run,
                    forward.rows().buckets().get(b).length() - forward.span().from(b));
        }
        long one = Math.max(1, Memory.batch(forward.inBatchesOf(1)));
        long most = Math.max(1, Math.min(TOKENS / (rows * run), BYTES / one));
        // Equal batches rather than full ones and a rest.
        long count = (forward.cells().size() + most - 1) / most;
        return (int) ((forward.cells().size() + count - 1) / count);
    }

    private static long batches(Forward forward, int cells) {
        return (forward.cells().size() + cells - 1L) / cells;
    }
}
