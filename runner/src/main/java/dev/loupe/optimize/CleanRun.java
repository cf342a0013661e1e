package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The unedited run on a sweep's rows, from which its cells can be taken up: found in the plan, or to be added to it. */
final class CleanRun {
    private CleanRun() {}

    /** The run on the same rows with the same model, null where the plan has none. */
    static @Nullable Forward find(ExecutionPlan plan, Forward sweep) {
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward f
                    && f.clean()
                    && f.startLayer() == 0
                    && f.span().equals(Span.ALL)
                    && f.load() == sweep.load()
                    && f.rows().equals(sweep.rows())) {
                return f;
            }
        }
        return null;
    }

    /** A run that keeps nothing yet. */
    static Forward fresh(Forward sweep, int id) {
        return new Forward(
                id,
                sweep.load(),
                sweep.model(),
                sweep.rows(),
                List.of(Cell.CLEAN),
                List.of(),
                LogitsRead.NONE,
                RunExtent.upTo(0),
                new BatchSize(sweep.rowsPerBatch(), 1));
    }

    /** The run, keeping also what these take from it, and running far enough to have it. */
    static Forward keeping(Forward base, List<SweptRun> parts) {
        Set<HookPoint> captures = new LinkedHashSet<>(base.captures());
        int stop = base.stopLayer();
        for (SweptRun part : parts) {
            for (Forward run : part.runs()) {
                for (HookPoint point : run.needed()) {
                    captures.add(point);
                    stop = Math.max(stop, point.layer() + 1);
                }
            }
        }
        return base.with(List.copyOf(captures), base.logits(), stop);
    }

    /** The plan with a sweep in parts that take up {@code base}, which stands in the place of {@code old}. */
    static ExecutionPlan split(
            ExecutionPlan plan, SweptRun run, List<SweptRun> parts, @Nullable Forward old, Forward base) {
        Forward sweep = run.sweep();
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step.equals(sweep)) {
                parts.forEach(part -> steps.addAll(part.runs()));
            } else if (step instanceof ReadRows collect && collect.forwards().contains(sweep.id())) {
                steps.add(reading(
                        collect, sweep.id(), parts.stream().map(SweptRun::sweep).toList()));
            } else if (!step.equals(old) && !step.equals(run.recording())) {
                steps.add(step);
            }
            if (step instanceof LoadModel load && load.id() == sweep.load()) {
                // A clean run needs its model and nothing else, so it can come first.
                steps.add(base);
            }
        }
        return new ExecutionPlan(steps, plan.outputs());
    }

    private static ReadRows reading(ReadRows collect, int sweep, List<Forward> parts) {
        List<Integer> forwards = new ArrayList<>();
        for (int id : collect.forwards()) {
            if (id == sweep) {
                parts.forEach(part -> forwards.add(part.id()));
            } else {
                forwards.add(id);
            }
        }
        return new ReadRows(collect.id(), collect.reading(), forwards, collect.sweep(), collect.absent());
    }
}
