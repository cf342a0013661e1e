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

/**
 * What other machines can make of a plan, in pieces of about equal work. A piece is some shards that follow each other, or a step
 * that is one shard; shards that an earlier run finished are in no piece.
 *
 * @param names of the steps by id
 * @param store what was finished before
 * @param answer bytes that an answer may hold: steps that read the same run are apart where one shard gives them more together
 */
record TaskSplit(ExecutionPlan plan, Map<Integer, String> names, ValueStore store, long answer) {
    /** For each place where a task runs: so many that none waits long for the slowest at the end. */
    private static final int TASKS_A_SLOT = 4;

    /**
     * Work of one group of steps.
     *
     * @param steps that want parts, or the step itself
     * @param rowsPerBatch of a pass
     * @param places the shards; none for a step that is one shard
     * @param costs operations of each shard, or of the step
     * @param bytes that come back of all shards
     * @param most that come back of one
     */
    record Work(
            List<PlanStep> steps,
            int rowsPerBatch,
            List<SentTask.Place> places,
            List<Double> costs,
            long bytes,
            long most) {
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

    /** The unfinished work of a group that other machines make. */
    List<Work> work(Schedule.Group group) {
        PlanStep first = group.steps().get(0);
        if (group.pass()) {
            return pass(group);
        }
        if (store.has(name(first))) {
            return List.of();
        }
        if (first instanceof Differentiate gradients) {
            return List.of(gradients(gradients));
        }
        boolean whole = first.turn() == Turn.WEIGHTS
                || first instanceof WithModel
                || first instanceof Prune
                || first instanceof Pruned;
        return whole
                ? List.of(new Work(List.of(first), 0, List.of(), List.of((double) first.flops()), 0, 0))
                : List.of();
    }

    private List<Work> pass(Schedule.Group group) {
        List<RowReader> readers = group.steps().stream()
                .map(RowReader.class::cast)
                .filter(Reader::givesParts)
                .filter(step -> store.find(name(step)).isEmpty())
                .toList();
        int rowsPerBatch = Schedule.rowsPerBatch(plan, group.steps());
        return apart(readers, rowsPerBatch).stream()
                .map(some -> pass(some, rowsPerBatch))
                .toList();
    }

    /** Readers of one pass, in groups to which one shard gives no more than an answer holds, unless it is a single one. */
    private List<List<RowReader>> apart(List<RowReader> readers, int rowsPerBatch) {
        List<List<RowReader>> groups = new ArrayList<>();
        long sum = 0;
        for (RowReader reader : readers) {
            long most = most(reader, rowsPerBatch);
            if (groups.isEmpty() || sum + most > answer) {
                groups.add(new ArrayList<>());
                sum = 0;
            }
            groups.get(groups.size() - 1).add(reader);
            sum += most;
        }
        return groups;
    }

    /** What the largest shard gives a reader. */
    private long most(RowReader reader, int rowsPerBatch) {
        return reader.forwards().stream()
                .map(plan::forward)
                .flatMap(forward -> RowRange.of(forward.rows(), rowsPerBatch).stream()
                        .flatMap(range -> Shard.of(range, forward).stream())
                        .map(shard -> PartBytes.of(reader, forward, shard)))
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private Work pass(List<RowReader> readers, int rowsPerBatch) {
        Forward any = Schedule.first(plan, readers.get(0));
        List<Forward> read = plan.steps().stream()
                .filter(step -> readers.stream().anyMatch(r -> r.forwards().contains(step.id())))
                .map(Forward.class::cast)
                .toList();
        List<SentTask.Place> places = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        long bytes = 0;
        long most = 0;
        for (RowRange range : RowRange.of(any.rows(), rowsPerBatch)) {
            for (Forward forward : read) {
                for (Shard shard : Shard.of(range, forward)) {
                    List<RowReader> missing = readers.stream()
                            .filter(reader -> misses(reader, forward, shard))
                            .toList();
                    if (!missing.isEmpty()) {
                        places.add(new SentTask.Place(forward.id(), shard));
                        costs.add(cost(forward, shard));
                        long own = missing.stream()
                                .mapToLong(reader -> PartBytes.of(reader, forward, shard))
                                .sum();
                        bytes += own;
                        most = Math.max(most, own);
                    }
                }
            }
        }
        return new Work(List.copyOf(readers), rowsPerBatch, places, costs, bytes, most);
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
        long bytes = 0;
        long most = 0;
        for (RowRange range : RowRange.of(step.edited(), step.rowsPerBatch())) {
            Shard shard = Shard.of(range);
            if (new Parts(store, names).find(step.id(), 0, shard) == null) {
                places.add(new SentTask.Place(step.id(), shard));
                costs.add(step.flops()
                        * (double) (range.to() - range.from())
                        / step.edited().rows());
                long own = PartBytes.of(step, shard);
                bytes += own;
                most = Math.max(most, own);
            }
        }
        return new Work(List.of(step), step.rowsPerBatch(), places, costs, bytes, most);
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
