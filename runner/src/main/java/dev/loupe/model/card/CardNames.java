package dev.loupe.model.card;

import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.model.recipe.GivenModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where that is found which cards name. */
public interface CardNames {
    /** No tokenizer is known, and no card but those in the same folder of models. */
    CardNames BESIDE = (card, name) -> null;

    /**
     * The tokenizer of that name, null where there is none.
     *
     * @param card the folder of the card
     */
    @Nullable
    Tokenizer tokenizer(Path card, String name);

    /**
     * The file of another card, null where there is none.
     *
     * @param file the card that names it
     */
    default @Nullable Path card(Path file, String name) {
        Path found = CardFile.locate(CardFile.modelsFolder(file), name);
        return Files.isRegularFile(found) ? found : null;
    }

    /**
     * A model of others by its name: in a folder of models, or a public one that is on this disk. Null where there is none.
     *
     * @throws IllegalArgumentException where there is one whose weights are not at hand
     */
    default @Nullable GivenModel model(String name) {
        return null;
    }

    /** The model in a folder, null where there is none. */
    default @Nullable GivenModel folder(Path folder) {
        return null;
    }

    /**
     * @param folder its files
     * @param hash of its files
     */
    record Tokenizer(Path folder, TextEncoder encoder, String hash) {}
}
