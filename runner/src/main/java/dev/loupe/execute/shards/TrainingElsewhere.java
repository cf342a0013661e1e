package dev.loupe.execute.shards;

import dev.loupe.execute.load.FoundWeights;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.execute.send.Packing;
import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import dev.loupe.train.BaseFile;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.TrainingMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Has the weights that a run must train first trained by other machines: the seeds that train together are one task. Those that begin
 * with weights of others are given these; those that begin with weights that Loupe trains wait until these are there.
 */
public final class TrainingElsewhere {
    private TrainingElsewhere() {}

    /** @param device {@code cpu} or {@code gpu} */
    public static void run(
            Experiment experiment,
            Cluster cluster,
            String device,
            RunRequest request,
            Progress progress,
            StopSignal stop) {
        Setting setting = Setting.here(device, request.precision());
        Map<Path, SentFile> hashed = new HashMap<>();
        Map<CardFile, SortedSet<Long>> before = Map.of();
        Map<CardFile, SortedSet<Long>> next = next(experiment, request.cache());
        // What was sent and is still missing is left to this machine, which says why.
        while (!next.isEmpty() && !next.equals(before)) {
            round(next, new Rounds(cluster, stop), setting, hashed, request.cache(), progress);
            before = next;
            next = next(experiment, request.cache());
        }
    }

    /**
     * How much of a run is trained before its shards, told without a cluster; empty where nothing is missing.
     *
     * @param cache folder of weights that were trained for a run
     */
    public static String ahead(Experiment experiment, Path cache) {
        Map<CardFile, SortedSet<Long>> missing = new LinkedHashMap<>();
        units(experiment, cache, (card, seed) -> all(card, seed, cache, missing));
        if (missing.isEmpty()) {
            return "";
        }
        int tasks = 0;
        List<String> later = new ArrayList<>();
        for (Map.Entry<CardFile, SortedSet<Long>> card : missing.entrySet()) {
            tasks += TrainedModels.missingGroups(card.getKey(), List.copyOf(card.getValue()), cache)
                    .size();
            if (card.getKey().base() instanceof Base.Trained base && missing.containsKey(base.card())) {
                later.add(card.getKey().name());
            }
        }
        return "  trained before that, on executors too: " + Count.of(tasks, "task")
                + " of seeds that train together, which hold at most about "
                + Amount.of(memory(missing, cache), "B")
                + (later.isEmpty()
                        ? ""
                        : "; the trainings of " + Count.list(later) + " wait for the weights that they begin with")
                + "\n";
    }

    /**
     * Bytes of the largest training before a run's shards; 0 where nothing is missing.
     *
     * @param cache folder of weights that were trained for a run
     */
    public static long memory(Experiment experiment, Path cache) {
        Map<CardFile, SortedSet<Long>> missing = new LinkedHashMap<>();
        units(experiment, cache, (card, seed) -> all(card, seed, cache, missing));
        return memory(missing, cache);
    }

    private static long memory(Map<CardFile, SortedSet<Long>> missing, Path cache) {
        long most = 0;
        for (Map.Entry<CardFile, SortedSet<Long>> card : missing.entrySet()) {
            for (List<Long> group : TrainedModels.missingGroups(card.getKey(), List.copyOf(card.getValue()), cache)) {
                most = Math.max(most, TrainingMemory.peak(card.getKey(), group.size()));
            }
        }
        return most;
    }

    /** A training and those before it whose weights it begins with. */
    private static void all(CardFile card, long seed, Path cache, Map<CardFile, SortedSet<Long>> missing) {
        if (card.base() instanceof Base.Trained base && BaseFile.of(card, seed, cache) == null) {
            all(base.card(), base.from().seedFor(seed), cache, missing);
        }
        missing.computeIfAbsent(card, any -> new TreeSet<>()).add(seed);
    }

    private static void round(
            Map<CardFile, SortedSet<Long>> seeds,
            Rounds rounds,
            Setting setting,
            Map<Path, SentFile> hashed,
            Path cache,
            Progress progress) {
        List<SentTask.Training> tasks = new ArrayList<>();
        List<CardFile> cards = new ArrayList<>();
        seeds.forEach((card, all) -> {
            List<Path> given = given(card);
            for (List<Long> group : TrainedModels.missingGroups(card, List.copyOf(all), cache)) {
                List<Path> begins = begins(card, group, cache);
                List<SentFile> files = Stream.concat(given.stream(), begins.stream())
                        .map(path -> hashed.computeIfAbsent(path, SentFile::of))
                        .toList();
                byte[] work = Packing.of(new TrainingWork(card, group, begins));
                tasks.add(new SentTask.Training(tasks.size(), setting, files, work, 0, AnswerSize.taken()));
                cards.add(card);
            }
        });
        progress.stage("training on all executors", tasks.size());
        List<SentFile> files =
                tasks.stream().flatMap(task -> task.files().stream()).distinct().toList();
        ComingFiles coming = new ComingFiles();
        rounds.run(tasks, files, outcome -> {
            Path folder = TrainedModels.cached(cards.get(outcome.task()), cache).folder();
            TrainedElsewhere.Pieces came = Objects.requireNonNull(outcome.files());
            came.pieces().forEach(piece -> coming.take(folder, piece, outcome.executor()));
            progress.advance(came.left() ? 0 : 1);
        });
    }

    /** The files of a model of others that a training begins with. */
    private static List<Path> given(CardFile card) {
        return card.base() instanceof Base.Given given
                ? ModelFolder.open(given.model().files()).files()
                : List.of();
    }

    /** The weights that trainings begin with, where Loupe trained them. */
    private static List<Path> begins(CardFile card, List<Long> seeds, Path cache) {
        return card.base() instanceof Base.Trained
                ? seeds.stream()
                        .map(seed -> Objects.requireNonNull(BaseFile.of(card, seed, cache)))
                        .distinct()
                        .toList()
                : List.of();
    }

    /** What is missing and can be trained now, by card. */
    private static Map<CardFile, SortedSet<Long>> next(Experiment experiment, Path cache) {
        Map<CardFile, SortedSet<Long>> seeds = new LinkedHashMap<>();
        units(experiment, cache, (card, seed) -> first(card, seed, cache, seeds));
        return seeds;
    }

    /** The cards and seeds of an experiment that are not trained yet. */
    private static void units(Experiment experiment, Path cache, BiConsumer<CardFile, Long> each) {
        FoundWeights found = new FoundWeights(cache);
        experiment
                .models()
                .values()
                .forEach(family -> family.units().forEach(unit -> {
                    if (unit.source() instanceof ModelSource.Trained source
                            && found.find(source.card(), source.seed()) == null) {
                        each.accept(source.card(), source.seed());
                    }
                }));
    }

    private static void first(CardFile card, long seed, Path cache, Map<CardFile, SortedSet<Long>> seeds) {
        if (card.base() instanceof Base.Trained base && BaseFile.of(card, seed, cache) == null) {
            first(base.card(), base.from().seedFor(seed), cache, seeds);
        } else {
            seeds.computeIfAbsent(card, any -> new TreeSet<>()).add(seed);
        }
    }
}
