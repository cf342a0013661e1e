package dev.loupe.execute.load;

import dev.loupe.model.card.CardFile;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.WeightsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the weights of models that are trained here lie. A card has a file for each checkpoint, and all of them are looked at
 * before one counts: this is done once for each seed, not once for each of its checkpoints.
 */
public final class FoundWeights {
    private final Path cache;
    private final Map<Seed, WeightsFiles> found = new HashMap<>();

    private record Seed(CardFile card, long seed) {}

    public FoundWeights(Path cache) {
        this.cache = cache;
    }

    /** The files of a seed; null where it has yet to be trained, which is looked at again the next time. */
    public @Nullable WeightsFiles find(CardFile card, long seed) {
        Seed key = new Seed(card, seed);
        WeightsFiles known = found.get(key);
        if (known == null) {
            known = TrainedModels.find(card, seed, cache);
            if (known != null) {
                found.put(key, known);
            }
        }
        return known;
    }

    /** The file of one model; null where it has yet to be trained. */
    public @Nullable Path file(ModelSource.Trained source) {
        WeightsFiles there = find(source.card(), source.seed());
        return there == null ? null : there.checkpoint(source.seed(), source.step());
    }
}
