package dev.loupe.train;

import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of the weights that a training begins with, where Loupe trains those as well. */
public final class BaseFile {
    private BaseFile() {}

    /**
     * Beside the other card or in the cache; null where it has yet to be trained, or where the card begins with none of these. No
     * other file of that training has to be there.
     *
     * @param seed of the training that begins with it
     */
    public static @Nullable Path of(CardFile card, long seed, Path cache) {
        if (!(card.base() instanceof Base.Trained base)) {
            return null;
        }
        CardFile other = base.card();
        long its = base.from().seedFor(seed);
        Integer step = base.from().step();
        int at = step == null ? TrainedModels.trained(other).recipe().steps() : step;
        WeightsFiles beside = new WeightsFiles(other, other.weightsFolder());
        WeightsFiles cached = TrainedModels.cached(other, cache);
        return there(beside, its, at)
                ? beside.checkpoint(its, at)
                : there(cached, its, at) ? cached.checkpoint(its, at) : null;
    }

    private static boolean there(WeightsFiles files, long seed, int step) {
        return files.holds(files.checkpoint(seed, step), seed);
    }
}
