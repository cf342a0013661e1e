package dev.loupe.execute.shards;

import dev.loupe.execute.batch.Reader;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.PlanStep.Turn;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.WithModel;
import dev.loupe.plan.ask.RowRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What other machines can make of a plan, in pieces of about equal work. A piece is some shards that follow each other, or a step
 * that is one shard; shards that an earlier run finished are in no piece.
 *
 * @param names of the steps by id
 * @param store what was finished before
 */
record TaskSplit(ExecutionPlan plan, Map<Integer, String> names, ValueStore store) {
    /** For each place where a task runs: so many that none waits long for the slowest at the end. */
    private static final int TASKS_A_SLOT = 4;

    /**
     * Work of one group of steps.
     *
     * @param steps that want parts, or the step itself
     * @param rowsPerBatch of a pass
     * @param places the shards; none for a step that is one shard
     * @param costs operations of each shard, or of the step
     */
    record Work(List<PlanStep> steps, int rowsPerBatch, List<SentTask.Place> places, List<Double> costs) {
        double cost() {
            return costs.stream().mapToDouble(Double::doubleValue).sum();
        }

        /** The places from one on whose costs reach so much, at least one. */
        int upTo(int from, double enough) {
            double sum = 0;
            int to = from;
            while (to < places.size() && (to == from || sum + costs.get(to) / 2 <= enough)) {
                sum += costs.get(to++);
            }
            return to;
        }
    }

    /** The unfinished work of a group; null where it has none that other machines make. */
    @Nullable
    Work work(Schedule.Group group) {
        PlanStep first = group.steps().get(0);
        if (group.pass()) {
            return pass(group);
        }
        if (store.has(name(first))) {
            return null;
        }
        if (first instanceof Differentiate gradients) {
            return gradients(gradients);
        }
        boolean whole = first.turn() == Turn.WEIGHTS
                || first instanceof WithModel
                || first instanceof Prune
                || first instanceof Pruned;
        return whole ? new Work(List.of(first), 0, List.of(), List.of((double) first.flops())) : null;
    }

    private @Nullable Work pass(Schedule.Group group) {
        List<RowReader> readers = group.steps().stream()
                .map(RowReader.class::cast)
                .filter(Reader::givesParts)
                .filter(step -> store.find(name(step)).isEmpty())
                .toList();
        if (readers.isEmpty()) {
            return null;
        }
        int rowsPerBatch = Schedule.rowsPerBatch(plan, group.steps());
        Forward any = Schedule.first(plan, readers.get(0));
        List<Forward> read = plan.steps().stream()
                .filter(step -> readers.stream().anyMatch(r -> r.forwards().contains(step.id())))
                .map(Forward.class::cast)
                .toList();
        List<SentTask.Place> places = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (RowRange range : RowRange.of(any.rows(), rowsPerBatch)) {
            for (Forward forward : read) {
                for (Shard shard : Shard.of(range, forward)) {
                    if (readers.stream().anyMatch(reader -> misses(reader, forward, shard))) {
                        places.add(new SentTask.Place(forward.id(), shard));
                        costs.add(cost(forward, shard));
                    }
                }
            }
        }
        return new Work(List.copyOf(readers), rowsPerBatch, places, costs);
    }

    private boolean misses(RowReader reader, Forward forward, Shard shard) {
        int run = reader.forwards().indexOf(forward.id());
        return run >= 0 && new Parts(store, names).find(reader.id(), run, shard) == null;
    }

    private static double cost(Forward forward, Shard shard) {
        double share = (double) (shard.rows().to() - shard.rows().from()) * shard.cells();
        return forward.flops()
                * share
                / ((double) forward.rows().rows() * forward.cells().size());
    }

    private Work gradients(Differentiate step) {
        List<SentTask.Place> places = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (RowRange range : RowRange.of(step.edited(), step.rowsPerBatch())) {
            Shard shard = Shard.of(range);
            if (new Parts(store, names).find(step.id(), 0, shard) == null) {
                places.add(new SentTask.Place(step.id(), shard));
                costs.add(step.flops()
                        * (double) (range.to() - range.from())
                        / step.edited().rows());
            }
        }
        return new Work(List.of(step), step.rowsPerBatch(), places, costs);
    }

    private String name(PlanStep step) {
        return Objects.requireNonNull(names.get(step.id()));
    }

    /**
     * The tasks of some work.
     *
     * @param job hash of what they have in common
     * @param slots where tasks run at once
     */
    static List<SentTask> tasks(List<Work> all, String job, int slots) {
        double enough = all.stream().mapToDouble(Work::cost).sum() / ((double) slots * TASKS_A_SLOT);
        List<SentTask> tasks = new ArrayList<>();
        for (Work work : all) {
            if (work.places().isEmpty()) {
                tasks.add(new SentTask.Whole(
                        tasks.size(), job, work.steps().get(0).id()));
            }
            List<Integer> steps = work.steps().stream().map(PlanStep::id).toList();
            for (int from = 0; from < work.places().size(); ) {
                int to = work.upTo(from, enough);
                List<SentTask.Place> some = List.copyOf(work.places().subList(from, to));
                tasks.add(new SentTask.Shards(tasks.size(), job, steps, work.rowsPerBatch(), some));
                from = to;
            }
        }
        return tasks;
    }
}
