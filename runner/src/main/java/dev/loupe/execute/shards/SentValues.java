package dev.loupe.execute.shards;

import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How many bytes of finished values executors are sent with the work that needs them, from the plan alone. */
final class SentValues {
    private SentValues() {}

    /** Of the round of work that needs most. */
    static long most(ExecutionPlan plan, TaskSplit split) {
        List<Schedule.Group> open = new ArrayList<>(Schedule.of(plan));
        Set<Integer> done = new HashSet<>();
        long most = 0;
        while (!open.isEmpty()) {
            List<Schedule.Group> round = open.stream()
                    .filter(group -> done.containsAll(group.needs()))
                    .toList();
            Set<Integer> sent = new LinkedHashSet<>();
            round.stream()
                    .filter(group -> !group.needs().isEmpty()
                            && !group.derived()
                            && !split.work(group).isEmpty())
                    .forEach(group -> sent.addAll(group.needs()));
            most = Math.max(
                    most,
                    sent.stream().mapToLong(id -> bytes(plan.step(id), plan)).sum());
            open.removeAll(round);
            round.forEach(group -> group.steps().forEach(step -> done.add(step.id())));
        }
        return most;
    }

    /** A mean has single precision, and its parts are sums in double precision. */
    private static long bytes(PlanStep step, ExecutionPlan plan) {
        if (step instanceof Summarise folded
                && folded.axes(plan::step) == null
                && folded.reading() instanceof Summary<?> summary) {
            Forward run = plan.forward(folded.forward());
            int rows = run.rows().rows();
            return summary.partBytes(run.model().shape(), rows, rows, run.rows().longest()) / 2;
        }
        return KeptValues.bytes(step, plan);
    }
}
