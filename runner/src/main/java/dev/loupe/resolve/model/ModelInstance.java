package dev.loupe.resolve.model;

import dev.loupe.model.card.PublicCard;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Coordinates;
import dev.loupe.tensors.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One model of a spec, alone or in a family.
 *
 * @param name what it is called where it stands alone
 * @param at its labels on the axes of its family
 * @param config its architecture, null for a toy model that is no transformer
 * @param tokenizer the folder with its tokenizer.json, null where its tokens have no text
 * @param bos how its prompts begin by its card, null where only its tokenizer can say
 * @param dictionaries of features that are attached to it, at most one for a layer
 */
public record ModelInstance(
        String name,
        Coordinates at,
        ModelRef ref,
        ModelSource source,
        @Nullable TransformerConfig config,
        @Nullable Path tokenizer,
        PublicCard.@Nullable Bos bos,
        List<DictionaryFolder> dictionaries) {
    public ModelInstance {
        dictionaries = List.copyOf(dictionaries);
    }

    /** A model without dictionaries. */
    public ModelInstance(
            String name,
            Coordinates at,
            ModelRef ref,
            ModelSource source,
            @Nullable TransformerConfig config,
            @Nullable Path tokenizer,
            PublicCard.@Nullable Bos bos) {
        this(name, at, ref, source, config, tokenizer, bos, List.of());
    }

    /** A model without a card that says how its prompts begin. */
    ModelInstance(
            String name,
            ModelRef ref,
            ModelSource source,
            @Nullable TransformerConfig config,
            @Nullable Path tokenizer) {
        this(name, Coordinates.NONE, ref, source, config, tokenizer, null);
    }

    /** A model whose tokens are plain ids. */
    ModelInstance(String name, ModelRef ref, ModelSource source, @Nullable TransformerConfig config) {
        this(name, ref, source, config, null);
    }

    /** What tells it from the others of its family: {@code seed 0}; its name where it stands alone. */
    public String label() {
        return at.labels().isEmpty() ? name : at.toString();
    }

    /** The same model at another place of a family. */
    public ModelInstance at(Coordinates place) {
        return new ModelInstance(name, place, ref, source, config, tokenizer, bos, dictionaries);
    }

    /** The same model with these dictionaries attached besides those that it has. */
    ModelInstance with(List<DictionaryFolder> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<DictionaryFolder> all = new ArrayList<>(dictionaries);
        all.addAll(more);
        String words = more.stream()
                .map(one -> one.name() + AttachedDictionaries.madeFor(one, this))
                .collect(Collectors.joining(" and "));
        ModelRef attached = new ModelRef(
                ref.label() + " with " + (more.size() == 1 ? "dictionary " : "dictionaries ") + words,
                ref.identity() + "-dictionary-"
                        + Sha256.of(more.stream().map(DictionaryFolder::hash).collect(Collectors.joining())),
                ref.shape().with(all.stream().map(AttachedDictionaries::shape).toList()));
        return new ModelInstance(name, at, attached, source, config, tokenizer, bos, all);
    }

    /** A model of the same architecture and tokens with fresh random weights. */
    public ModelInstance untrained(long seed) {
        ToyUnit toy = source.toy();
        if (toy != null) {
            ModelRef known = new ModelRef(
                    "untrained, seed " + seed,
                    "untrained-" + seed + "-" + Sha256.of(toy.grid().toString()),
                    toy.shape());
            return new ModelInstance(name, at, known, new ModelSource.UntrainedToy(toy, seed), null, null, null);
        }
        if (config == null) {
            throw new IllegalArgumentException(
                    ref.label() + " is neither a transformer nor a toy network and cannot be reinitialised");
        }
        ModelRef fresh = new ModelRef(
                "untrained, seed " + seed, "untrained-" + seed + "-" + ConfigHash.of(config), ModelShapes.of(config));
        ModelSource untrained = new ModelSource.Untrained(config, seed, source.absent());
        return new ModelInstance(name, at, fresh, untrained, config, tokenizer, bos).with(dictionaries);
    }
}
