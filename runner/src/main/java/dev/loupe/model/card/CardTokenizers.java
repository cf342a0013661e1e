package dev.loupe.model.card;

import dev.loupe.dataset.rows.TextEncoder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the tokenizers that cards name are found. */
public interface CardTokenizers {
    /** No tokenizer is known. */
    CardTokenizers NONE = (card, name) -> null;

    /**
     * The tokenizer of that name, null where there is none.
     *
     * @param card the folder of the card
     */
    @Nullable
    Found find(Path card, String name);

    /**
     * @param folder its files
     * @param hash of its files
     */
    record Found(Path folder, TextEncoder encoder, String hash) {}
}
