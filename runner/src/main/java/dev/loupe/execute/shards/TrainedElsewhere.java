package dev.loupe.execute.shards;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.model.card.Base;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.WeightsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Trains seeds of a card for another machine. Snapshots stay in the scratch folder, so that a task that is tried again goes on. */
record TrainedElsewhere(Path scratch) {
    List<Outcome.MadeFile> files(TrainingWork work, String device, StopSignal stop) throws IOException {
        Path folder = scratch.resolve("training")
                .resolve(work.card().name() + "-" + work.seeds().get(0));
        begin(work, folder);
        WeightsFiles files = new WeightsFiles(work.card(), folder);
        try (NDManager manager = Backend.manager(device)) {
            new TrainedModels(manager, Backend.gradients(manager))
                    .train(files, work.seeds(), folder, Progress.silent(), stop);
        }
        List<Outcome.MadeFile> made = new ArrayList<>();
        try (Stream<Path> there = Files.list(folder)) {
            for (Path file : there.filter(f -> f.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList()) {
                made.add(new Outcome.MadeFile(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
            }
        }
        return made;
    }

    /** Puts weights that were trained before where this training looks for them. */
    private static void begin(TrainingWork work, Path folder) throws IOException {
        if (work.card().base() instanceof Base.Trained before) {
            Path there = TrainedModels.cached(before.card(), folder).folder();
            Files.createDirectories(there);
            for (Path file : work.begins()) {
                FilesHere.link(file, there.resolve(String.valueOf(file.getFileName())));
            }
        }
    }
}
