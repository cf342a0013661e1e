package dev.loupe.dataset.given;

import dev.loupe.dataset.Dataset;

/** Texts and token ids as they are. The permits clause is the registry of this group. */
public sealed interface GivenDataset extends Dataset permits Text, Tokens {}
