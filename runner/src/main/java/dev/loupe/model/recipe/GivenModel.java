package dev.loupe.model.recipe;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.LackingWeights;
import dev.loupe.model.weights.ModelFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A transformer that others trained, as a recipe needs it: what it is and where its weights lie, none of them read.
 *
 * @param label what it is called, for people
 * @param hash SHA-256 over names, types, shapes and bytes of its tensors
 * @param lacking which weights of its configuration it does not have of its own
 * @param unlike why steps on TransformerLens' tensors would not be steps on its own; null where they are
 * @param tokenizer the folder with its tokenizer, null where it has none
 * @param tokenizerHash of that tokenizer's files
 */
public record GivenModel(
        String label,
        ModelFiles files,
        TransformerConfig config,
        String hash,
        LackingWeights lacking,
        @Nullable String unlike,
        @Nullable Path tokenizer,
        @Nullable String tokenizerHash) {}
