package dev.loupe.hub;

import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.ModelFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A public model that is whole on this disk.
 *
 * @param repository under which name of the repository it was found
 * @param commit which commit it is
 * @param folder the snapshot
 * @param weights its file of weights, or the index of its shards
 * @param tokenizer the folder with its tokenizer.json, null where it has none or none is at hand
 */
public record HubSnapshot(
        PublicChoice choice,
        String repository,
        String commit,
        Path folder,
        Path weights,
        @Nullable Path tokenizer) {

    /** What to open. A repository without config.json is what its card says. */
    public ModelFiles files() {
        TransformerConfig described =
                choice.family().hasConfig() ? null : choice.model().config();
        return new ModelFiles(folder, weights, described);
    }

    /** For people and reports: {@code openai-community/gpt2@607a30d783df}. */
    public String origin() {
        return repository + "@" + commit.substring(0, 12);
    }
}
