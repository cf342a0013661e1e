package dev.loupe.model.weights;

import dev.loupe.model.config.TransformerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a model lies on disk.
 *
 * @param folder its folder, or a .gguf file
 * @param weights its file of weights where that has a name of its own, null to look for the usual ones
 * @param config its architecture where no config.json says it, null to read that
 */
public record ModelFiles(
        Path folder, @Nullable Path weights, @Nullable TransformerConfig config) {
    /** A folder in hub or TransformerLens layout. */
    public static ModelFiles in(Path folder) {
        return new ModelFiles(folder, null, null);
    }
}
