package dev.loupe.resolve.model;

import dev.loupe.hub.HubSnapshot;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.recipe.GivenModel;
import dev.loupe.model.weights.LackingWeights;
import dev.loupe.model.weights.ModelFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models of others with whose weights a training may begin: opened, checked and hashed. */
final class GivenModels {
    private final ModelCatalog catalog;

    GivenModels(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The model of that name in a folder of models, or the public one; null where there is none.
     *
     * @throws IllegalArgumentException where it is public and not on this disk
     */
    @Nullable
    GivenModel named(String name) {
        PublicChoice published = catalog.published(name);
        Path folder = catalog.folder(name, published);
        if (folder != null) {
            return in(folder, name);
        }
        if (published == null) {
            return null;
        }
        HubSnapshot found = catalog.downloaded(published);
        if (found == null) {
            throw new IllegalArgumentException(
                    "it is a public model that is not on this disk; " + published.command() + " downloads it");
        }
        return opened(name + " (" + found.origin() + ")", found.files(), found.tokenizer());
    }

    /** The model in a folder, null where there is none. */
    static @Nullable GivenModel in(Path folder, String label) {
        return ModelFolder.isIn(folder) ? opened(label, ModelFiles.in(folder), folder) : null;
    }

    private static GivenModel opened(String label, ModelFiles files, @Nullable Path words) {
        ModelFolder opened = ModelFolder.open(files);
        Path tokenizer = words != null && HubTokenizer.isIn(words) ? words : null;
        return new GivenModel(
                label,
                files,
                opened.config(),
                opened.weightsHash(),
                LackingWeights.of(opened.config(), opened.weights()),
                opened.unlikeInTraining(),
                tokenizer,
                tokenizer == null ? null : HubTokenizer.open(tokenizer).hash());
    }
}
