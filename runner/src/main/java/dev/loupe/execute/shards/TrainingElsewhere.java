package dev.loupe.execute.shards;

import dev.loupe.execute.load.FoundWeights;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.TextFile;
import dev.loupe.train.TrainedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Has the weights that a run must train first trained by other machines: the seeds that train together are one task. Trainings that
 * begin with the weights of others are left to this machine, which has those; only the first of each chain is sent.
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
        FoundWeights found = new FoundWeights(request.cache());
        Map<CardFile, SortedSet<Long>> seeds = new LinkedHashMap<>();
        experiment
                .models()
                .values()
                .forEach(family -> family.units().forEach(unit -> {
                    if (unit.source() instanceof ModelSource.Trained source
                            && found.find(source.card(), source.seed()) == null) {
                        first(source.card(), source.seed(), seeds);
                    }
                }));
        Setting setting = Setting.here(device, request.precision());
        List<SentTask.Training> tasks = new ArrayList<>();
        seeds.forEach((card, all) -> TrainedModels.missingGroups(card, List.copyOf(all), request.cache())
                .forEach(group -> tasks.add(new SentTask.Training(tasks.size(), setting, card, group))));
        if (tasks.isEmpty()) {
            return;
        }
        progress.stage("training on all executors", tasks.size());
        new Rounds(cluster, stop).run(tasks, List.of(), outcome -> {
            CardFile card = tasks.get(outcome.task()).card();
            Path folder = TrainedModels.cached(card, request.cache()).folder();
            outcome.files().forEach(file -> write(folder.resolve(file.name()), file.bytes()));
            progress.advance(1);
        });
    }

    private static void first(CardFile card, long seed, Map<CardFile, SortedSet<Long>> seeds) {
        Base base = card.base();
        if (base == null) {
            seeds.computeIfAbsent(card, any -> new TreeSet<>()).add(seed);
        } else if (base instanceof Base.Trained trained) {
            first(trained.card(), trained.from().seedFor(seed), seeds);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            TextFile.write(bytes, file);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be written: " + Reason.of(e), e);
        }
    }
}
