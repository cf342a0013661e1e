package dev.loupe.dataset;

import dev.loupe.schema.annotation.Discriminator;

/**
 * What a model is asked about. Each generator is one record: its options, documentation, example and draw. The
 * {@code permits} clause is the registry.
 *
 * <p>What a record can do is said by its other interfaces: {@link TokenDataset} gives rows of tokens,
 * {@link TokenGenerator} draws as many as asked from any seed,
 * {@link PairedDataset} gives each row a corrupted counterpart.
 */
@Discriminator("generator")
public sealed interface Dataset
        permits Docstring,
                DuplicateTokens,
                Facts,
                GreaterThan,
                Ioi,
                NoRepeatTokens,
                PrefixDisambiguated,
                Prompts,
                RepeatedTokens,
                SortedLists,
                SparseFeatures,
                Templates,
                Text,
                Tokens,
                ToyFacts,
                ToyIoi {}
