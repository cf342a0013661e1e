package dev.loupe.resolve.model;

import dev.loupe.model.card.PublicCard;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.ModelRef;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One model of a spec: one seed of a family.
 *
 * @param label its label on the family's axis: {@code 0}, or the model's name where there is no axis
 * @param config its architecture, null for a toy model that is no transformer
 * @param tokenizer the folder with its tokenizer.json, null where its tokens have no text
 * @param bos how its prompts begin by its card, null where only its tokenizer can say
 */
public record ModelInstance(
        String label,
        ModelRef ref,
        ModelSource source,
        @Nullable TransformerConfig config,
        @Nullable Path tokenizer,
        PublicCard.@Nullable Bos bos) {
    /** A model without a card that says how its prompts begin. */
    ModelInstance(
            String label,
            ModelRef ref,
            ModelSource source,
            @Nullable TransformerConfig config,
            @Nullable Path tokenizer) {
        this(label, ref, source, config, tokenizer, null);
    }

    /** A model whose tokens are plain ids. */
    ModelInstance(String label, ModelRef ref, ModelSource source, @Nullable TransformerConfig config) {
        this(label, ref, source, config, null);
    }

    /** A model of the same architecture and tokens with fresh random weights. */
    public ModelInstance untrained(long seed) {
        if (config == null) {
            throw new IllegalArgumentException(label() + " is not a transformer and cannot be reinitialised");
        }
        ModelRef ref = new ModelRef(
                "untrained, seed " + seed, "untrained-" + seed + "-" + ConfigHash.of(config), ModelShapes.of(config));
        return new ModelInstance(
                Long.toString(seed), ref, new ModelSource.Untrained(config, seed), config, tokenizer(), bos());
    }
}
