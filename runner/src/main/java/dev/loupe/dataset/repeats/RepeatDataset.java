package dev.loupe.dataset.repeats;

import dev.loupe.dataset.Dataset;

/** Random tokens of which some return, or none. The permits clause is the registry of this group. */
public sealed interface RepeatDataset extends Dataset
        permits DuplicateTokens, NoRepeatTokens, PrefixDisambiguated, RepeatedTokens {}
