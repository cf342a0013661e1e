package dev.loupe.train;

import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.StartingWeights;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.step.Noise;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The weights of another model with which trainings begin, by the seed of the training.
 *
 * @param depth how many trainings come before these, each beginning with the weights of the one before it
 */
record BaseWeights(Map<Long, Path> files, int depth) {
    /** Finds or makes those of the seeds of a card; null where the card draws its weights. */
    static @Nullable BaseWeights of(
            CardFile card, List<Long> seeds, Path cache, TrainedModels models, Progress progress, StopSignal stop) {
        StartingWeights from = TrainedModels.trained(card).recipe().from();
        CardFile base = card.base();
        if (from == null || base == null) {
            return null;
        }
        List<Long> wanted = seeds.stream().map(from::seedFor).distinct().toList();
        Map<Long, WeightsFiles> found = models.ensure(base, wanted, cache, progress, stop);
        int steps = TrainedModels.trained(base).recipe().steps();
        Integer step = from.step();
        Map<Long, Path> files = seeds.stream().collect(Collectors.toMap(Function.identity(), seed -> {
            long its = from.seedFor(seed);
            return Objects.requireNonNull(found.get(its)).checkpoint(its, step == null ? steps : step);
        }));
        return new BaseWeights(files, depth(base) + 1);
    }

    private static int depth(CardFile card) {
        CardFile base = card.base();
        return base == null ? 0 : depth(base) + 1;
    }

    /** The training of some seeds, on rows that none of the trainings before it saw: their seeds are of the depth. */
    Trainable task(Blueprint blueprint, List<Long> seeds) {
        TransformerBlueprint transformer = (TransformerBlueprint) blueprint;
        List<Long> own =
                seeds.stream().map(seed -> Noise.seed(seed, "phase", depth)).toList();
        return new StartingAt(
                transformer.task(own),
                seeds.stream()
                        .map(seed -> SafetensorsFile.open(Objects.requireNonNull(files.get(seed))))
                        .map(file -> transformer.network().flat((TlWeights)
                                name -> file.tensor(name).floats()))
                        .toList());
    }
}
