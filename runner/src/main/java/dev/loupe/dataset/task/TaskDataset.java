package dev.loupe.dataset.task;

import dev.loupe.dataset.Dataset;

/** Tasks in bare tokens, for models that are trained here. The permits clause is the registry of this group. */
public sealed interface TaskDataset extends Dataset
        permits Brackets,
                Extremes,
                MixedPatterns,
                NumberAgreement,
                PermutedLists,
                RandomTokens,
                Recurrences,
                SortedLists,
                ToyFacts,
                ToyIoi,
                Translation {}
