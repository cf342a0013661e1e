package dev.loupe.execute.shards;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.Models;
import dev.loupe.execute.pass.Ahead;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.execute.send.NotData;
import dev.loupe.execute.send.Packing;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.tensors.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Has the shards of a plan made by other machines. What they give is kept exactly as what this machine finishes itself: putting
 * it together, resuming and reuse know no difference.
 */
public final class WorkElsewhere implements Ahead {
    private final Cluster cluster;
    private final Setting setting;
    private final Models models;
    private final Function<RowsRef, RowSet> rows;
    private final Progress progress;
    private final Rounds rounds;
    private final SentModels sent;
    private final Map<String, String> weights = new HashMap<>();

    private WorkElsewhere(
            Cluster cluster,
            Setting setting,
            Models models,
            SentModels sent,
            Function<RowsRef, RowSet> rows,
            Progress progress,
            StopSignal stop) {
        this.cluster = cluster;
        this.setting = setting;
        this.models = models;
        this.sent = sent;
        this.rows = rows;
        this.progress = progress;
        this.rounds = new Rounds(cluster, stop);
    }

    /**
     * For one run.
     *
     * @param rows of the plan's datasets
     */
    public static WorkElsewhere on(
            Cluster cluster,
            Models models,
            RunRequest request,
            Function<RowsRef, RowSet> rows,
            Progress progress,
            StopSignal stop) {
        Setting setting = Setting.here(models.device(), request.precision());
        return new WorkElsewhere(cluster, setting, models, new SentModels(request.cache()), rows, progress, stop);
    }

    @Override
    public boolean together() {
        return true;
    }

    @Override
    public Map<Integer, StepValue> make(
            ExecutionPlan plan,
            List<Schedule.Group> groups,
            Map<Integer, StepValue> done,
            Map<Integer, String> names,
            ValueStore store) {
        TaskSplit split = new TaskSplit(plan, names, store, AnswerSize.taken());
        Needs needs = new Needs(plan, done);
        List<TaskSplit.Work> all = new ArrayList<>();
        for (Schedule.Group group : groups) {
            List<TaskSplit.Work> work = group.derived() ? List.of() : split.work(group);
            if (work.stream().anyMatch(some -> some.cost() > 0) && needs.add(group)) {
                all.addAll(work);
            }
        }
        Map<Integer, StepValue> values = new HashMap<>();
        if (all.isEmpty()) {
            return values;
        }
        List<SentFile> files = sent.files(needs.units());
        byte[] job = Packing.of(new SharedJob.Sent(files, Packing.of(needs.job())));
        String hash = Sha256.of(pieces -> pieces.accept(ByteBuffer.wrap(job)));
        List<SentTask> tasks = TaskSplit.tasks(all, hash, cluster.slots());
        progress.stage(stage(all), shards(all));
        cluster.share(hash, job);
        try {
            rounds.run(tasks, files, outcome -> take(outcome, tasks, names, store, values));
        } finally {
            cluster.takeBack(hash);
        }
        return values;
    }

    private static String stage(List<TaskSplit.Work> all) {
        PlanStep first = all.get(0).steps().get(0);
        String more = all.size() == 1 ? "" : " and " + (all.size() - 1) + " more";
        return first.describe() + more + ", shards on all executors";
    }

    private static long shards(List<TaskSplit.Work> all) {
        return all.stream().mapToLong(work -> Math.max(1, work.places().size())).sum();
    }

    private void take(
            Outcome outcome,
            List<SentTask> tasks,
            Map<Integer, String> names,
            ValueStore store,
            Map<Integer, StepValue> values) {
        outcome.weights().forEach((label, hash) -> same(label, hash, outcome.executor()));
        outcome.parts()
                .forEach(made -> store.keep(Objects.requireNonNull(names.get(made.step())), made.shard(), made.part()));
        SentTask task = tasks.get(outcome.task());
        StepValue value = outcome.value();
        if (value != null && task instanceof SentTask.Whole whole) {
            values.put(whole.step(), value);
        }
        progress.advance(task instanceof SentTask.Shards ? shards(outcome) : 1);
    }

    /** How many shards an answer has, each of which may have a part for several steps. */
    private static long shards(Outcome outcome) {
        return outcome.parts().stream().map(Outcome.MadePart::shard).distinct().count();
    }

    /** Every executor has the same weights, or one of them is not to be trusted. */
    private void same(String label, String hash, String executor) {
        String before = weights.putIfAbsent(label, hash);
        if (before != null && !before.equals(hash)) {
            throw new EnvironmentException(
                    executor + ": its weights of " + label + " differ from the weights of the other executors");
        }
        models.loadedElsewhere(label, hash);
    }

    /** What the tasks of some groups read. */
    private final class Needs {
        private final ExecutionPlan plan;
        private final Map<Integer, StepValue> done;
        private final Map<Integer, StepValue> values = new LinkedHashMap<>();
        private final Map<String, ModelInstance> units = new LinkedHashMap<>();
        private final Map<String, SentRows> sets = new LinkedHashMap<>();

        Needs(ExecutionPlan plan, Map<Integer, StepValue> done) {
            this.plan = plan;
            this.done = done;
        }

        /** @return whether all of it can be sent */
        boolean add(Schedule.Group group) {
            Map<String, ModelInstance> itsUnits = new LinkedHashMap<>();
            Map<String, SentRows> itsRows = new LinkedHashMap<>();
            Map<Integer, StepValue> itsValues = new LinkedHashMap<>();
            try {
                Packing.size(read(group), part -> {
                    if (part instanceof ModelRef ref) {
                        itsUnits.computeIfAbsent(ref.identity(), k -> models.source(ref));
                    } else if (part instanceof RowsRef ref) {
                        itsRows.computeIfAbsent(ref.identity(), k -> SentRows.of(rows.apply(ref)));
                    }
                });
                for (int id : group.needs()) {
                    if (!values.containsKey(id)) {
                        StepValue value = Objects.requireNonNull(done.get(id));
                        var unused = Packing.size(value);
                        itsValues.put(id, value);
                    }
                }
            } catch (NotData e) {
                return false;
            }
            if (!itsUnits.values().stream().allMatch(SentModels::canBeSent)) {
                return false;
            }
            values.putAll(itsValues);
            units.putAll(itsUnits);
            itsRows.forEach(sets::putIfAbsent);
            return true;
        }

        /** The steps of a group, and the runs that they read. */
        private List<PlanStep> read(Schedule.Group group) {
            List<PlanStep> steps = new ArrayList<>(group.steps());
            group.steps().stream()
                    .filter(RowReader.class::isInstance)
                    .forEach(step -> steps.addAll(Schedule.closure(plan, (RowReader) step)));
            return steps;
        }

        List<ModelInstance> units() {
            return List.copyOf(units.values());
        }

        SharedJob job() {
            return new SharedJob(
                    setting,
                    MemoryNeed.of(plan),
                    AnswerSize.taken(),
                    plan,
                    values,
                    units(),
                    sent.trained(units()),
                    List.copyOf(sets.values()));
        }
    }
}
