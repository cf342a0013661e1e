package dev.loupe.execute.shards;

import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.Wanted;
import dev.loupe.execute.load.KeptModels;
import dev.loupe.execute.pass.ShardRunner;
import dev.loupe.execute.send.Packing;
import dev.loupe.execute.send.Unpacking;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does tasks in one process of another machine, and keeps models and jobs for the next ones. */
public final class ShardMaker implements AutoCloseable {
    /** Jobs that are kept: tasks of the next one may come before the last of this one. */
    private static final int JOBS = 2;

    private final ExecutorPlace place;
    private final FilesHere files;
    private final KeptModels models;
    private final LinkedHashMap<String, Job> jobs = new LinkedHashMap<>();

    /** A job that was read, with what its tasks look up. */
    private record Job(SharedJob shared, KeptModels.Sources sources, Map<String, RowSet> rows) {}

    public ShardMaker(ExecutorPlace place) {
        this.place = place;
        this.files = new FilesHere(place);
        this.models = new KeptModels(place.tasks());
    }

    /** Does a task of {@link WorkElsewhere}; whatever goes wrong is a part of the answer. */
    public byte[] make(byte[] task, Blobs blobs, StopSignal stop) {
        SentTask sent = (SentTask) Objects.requireNonNull(Unpacking.of(task));
        try {
            return Packing.of(outcome(sent, blobs, stop));
        } catch (RuntimeException | IOException | OutOfMemoryError | LinkageError e) {
            return Packing.of(Outcome.fault(sent.number(), place.name(), Fault.of(e)));
        }
    }

    private Outcome outcome(SentTask task, Blobs blobs, StopSignal stop) throws IOException {
        if (task instanceof SentTask.Training training) {
            training.setting().apply();
            FilesHere.Found found = files.of(training.files(), blobs);
            if (!found.lacks().isEmpty()) {
                return Outcome.lacks(task.number(), place.name(), found.lacks());
            }
            TrainingWork work = (TrainingWork) Objects.requireNonNull(Unpacking.of(training.work(), found::here));
            TrainedElsewhere.Pieces made = new TrainedElsewhere(place.scratch())
                    .files(
                            work,
                            training.setting().device(),
                            training.from(),
                            Math.min(place.answer(), training.answer()),
                            stop);
            return Outcome.files(task.number(), place.name(), made);
        }
        String hash = task instanceof SentTask.Shards shards ? shards.job() : ((SentTask.Whole) task).job();
        List<String> lacks = new ArrayList<>();
        Job job = job(hash, blobs, lacks);
        if (job == null) {
            return Outcome.lacks(task.number(), place.name(), lacks);
        }
        try (KeptModels.Use use = models.use(job.sources(), stop)) {
            ShardRunner runner =
                    new ShardRunner(job.shared().plan(), job.shared().values(), use, ref -> rows(job, ref), stop);
            if (task instanceof SentTask.Shards shards) {
                Collected made = new Collected();
                long answer = Math.min(place.answer(), job.shared().answer());
                Asked asked = new Asked(shards.places(), made, answer);
                List<PlanStep> steps =
                        shards.steps().stream().map(job.shared().plan()::step).toList();
                runner.shards(steps, shards.rowsPerBatch(), asked, made);
                return Outcome.parts(task.number(), place.name(), made.parts, List.copyOf(asked.left), use.hashes());
            }
            PlanStep step = job.shared().plan().step(((SentTask.Whole) task).step());
            StepValue value = runner.value(step);
            return Outcome.value(task.number(), place.name(), value, use.hashes());
        }
    }

    private static RowSet rows(Job job, RowsRef ref) {
        RowSet set = job.rows().get(ref.identity());
        if (set == null) {
            throw new IllegalStateException("rows of " + ref.name() + " were not sent");
        }
        return set;
    }

    /** @return null where files are missing, whose hashes are then added to {@code lacks} */
    private synchronized @Nullable Job job(String hash, Blobs blobs, List<String> lacks) throws IOException {
        Job known = jobs.get(hash);
        if (known != null) {
            return known;
        }
        SharedJob.Sent sent = (SharedJob.Sent) Objects.requireNonNull(Unpacking.of(blobs.bytes(hash)));
        FilesHere.Found found = files.of(sent.files(), blobs);
        if (!found.lacks().isEmpty()) {
            lacks.addAll(found.lacks());
            return null;
        }
        SharedJob shared = (SharedJob) Objects.requireNonNull(Unpacking.of(sent.job(), found::here));
        shared.setting().apply();
        shared.memory().check(place.tasks(), place.memory());
        Map<String, ModelInstance> units = new HashMap<>();
        shared.models().forEach(unit -> units.put(unit.ref().identity(), unit));
        Map<String, RowSet> rows = new HashMap<>();
        shared.rows().forEach(set -> rows.put(set.ref().identity(), set.set()));
        Job job = new Job(
                shared,
                new KeptModels.Sources(
                        units,
                        shared.trained(),
                        shared.setting().device(),
                        shared.setting().precision()),
                rows);
        jobs.put(hash, job);
        if (jobs.size() > JOBS) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        return job;
    }

    /** The shards of one task, until what they gave fills an answer. */
    private static final class Asked implements Wanted {
        private final Set<SentTask.Place> places;
        private final Collected made;
        private final Set<SentTask.Place> left = new LinkedHashSet<>();

        private final long most;

        Asked(List<SentTask.Place> places, Collected made, long most) {
            this.most = most;
            this.places = new HashSet<>(places);
            this.made = made;
        }

        @Override
        public boolean all() {
            return false;
        }

        @Override
        public boolean has(int run, Shard shard) {
            SentTask.Place place = new SentTask.Place(run, shard);
            if (!places.contains(place)) {
                return false;
            }
            if (made.bytes >= most) {
                left.add(place);
            }
            return !left.contains(place);
        }
    }

    /** Takes parts instead of a disk. */
    private static final class Collected implements ValueStore {
        private final List<Outcome.MadePart> parts = new ArrayList<>();
        private long bytes;

        @Override
        public Optional<StepValue> find(String key) {
            return Optional.empty();
        }

        @Override
        public void store(String key, StepValue value) {}

        @Override
        public void keep(String key, String shard, Part part) {
            parts.add(new Outcome.MadePart(Integer.parseInt(key), shard, part));
            part.numbers().forEach(numbers -> bytes += (long) Double.BYTES * numbers.length);
        }
    }

    @Override
    public void close() {
        models.close();
    }
}
