package dev.loupe.train;

import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.FiniteWeights;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.step.Noise;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights of other models with which trainings begin.
 *
 * @param bySeed by the seed of the training, none read so far
 * @param phase how many trainings by Loupe come before these, each beginning with the weights of the one before it
 */
record BaseWeights(Map<Long, Source> bySeed, int phase) {
    /** @param file where the weights lie */
    private record Source(Path file, TlWeights weights) {
        static Source trained(Path file) {
            SafetensorsFile tensors = SafetensorsFile.open(file);
            return new Source(file, name -> tensors.tensor(name).floats());
        }

        static Source given(ModelFolder folder) {
            return new Source(folder.weightsFile(), folder.weights());
        }

        float[] read(TransformerNetwork network) {
            FiniteWeights checked = new FiniteWeights(weights);
            float[] flat = network.flat(checked);
            if (!checked.bad().isEmpty()) {
                throw checked.problem(file);
            }
            return flat;
        }
    }

    /** Finds or makes those of the seeds of a card; null where the card draws its weights. */
    static @Nullable BaseWeights of(
            CardFile card, List<Long> seeds, Path cache, TrainedModels models, Progress progress, StopSignal stop) {
        Base base = card.base();
        if (base == null) {
            return null;
        }
        Map<Long, Source> bySeed = new HashMap<>();
        if (base instanceof Base.Trained trained) {
            List<Long> missing = seeds.stream()
                    .filter(seed -> BaseFile.of(card, seed, cache) == null)
                    .map(trained.from()::seedFor)
                    .distinct()
                    .toList();
            if (!missing.isEmpty()) {
                models.ensure(trained.card(), missing, cache, progress, stop);
            }
            Map<Path, Source> ofBase = new HashMap<>();
            for (long seed : seeds) {
                Path file = Objects.requireNonNull(BaseFile.of(card, seed, cache));
                bySeed.put(seed, ofBase.computeIfAbsent(file, Source::trained));
            }
        } else if (base instanceof Base.Given given) {
            Source one = Source.given(ModelFolder.open(given.model().files()));
            seeds.forEach(seed -> bySeed.put(seed, one));
        }
        return new BaseWeights(bySeed, base.phase());
    }

    /** The training of some seeds, on rows that none of the trainings before it saw: their seeds are of the phase. */
    Trainable task(TransformerBlueprint blueprint, List<Long> seeds) {
        List<Long> own = phase == 0
                ? seeds
                : seeds.stream().map(seed -> Noise.seed(seed, "phase", phase)).toList();
        Map<Source, float[]> read = new HashMap<>();
        return new StartingAt(
                blueprint.task(own),
                seeds.stream()
                        .map(seed -> read.computeIfAbsent(
                                Objects.requireNonNull(bySeed.get(seed)), source -> source.read(blueprint.network())))
                        .toList());
    }
}
