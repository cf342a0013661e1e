package dev.loupe.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Recipe;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.train.Keeper;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.Trainer;
import dev.loupe.train.TrainingMemory;
import dev.loupe.train.TrainingPlan;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much memory a training by a card has ever had resident, beside what is predicted. To be run first thing in a process of its own.
 *
 * @param seeds those that train together
 * @param peak the most bytes that this process ever had resident
 */
public record TrainingMemoryBench(
        NDManager manager,
        Supplier<GradientCollector> gradients,
        CardFile file,
        List<Long> seeds,
        long steps,
        LongSupplier peak,
        StopSignal stop) {
    /**
     * Bytes.
     *
     * @param idle the engine loaded, nothing else
     * @param ran most until the last step was over
     * @param predicted above idle
     */
    public record Measured(long idle, long ran, long predicted) {}

    public Measured run() {
        try (NDManager scope = manager.newSubManager()) {
            // The engine's own buffers come with its first products.
            scope.ones(new Shape(256, 256)).matMul(scope.ones(new Shape(256, 256)));
        }
        long idle = peak.getAsLong();
        Recipe recipe = TrainedModels.trained(file).recipe();
        TrainingPlan plan = new TrainingPlan(
                steps,
                recipe.optimizer(),
                recipe.schedule(),
                recipe.clip(),
                CheckpointSchedule.LAST_ONLY,
                Long.MAX_VALUE);
        new Trainer(manager, gradients)
                .run(
                        TrainedModels.task(file.name(), TrainedModels.trained(file), seeds),
                        plan,
                        Keeper.NONE,
                        Progress.silent(),
                        stop);
        return new Measured(idle, peak.getAsLong(), TrainingMemory.peak(file, seeds.size()));
    }
}
