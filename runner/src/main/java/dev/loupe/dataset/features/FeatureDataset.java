package dev.loupe.dataset.features;

import dev.loupe.dataset.Dataset;

/** Feature vectors for networks without tokens. The permits clause is the registry of this group. */
public sealed interface FeatureDataset extends Dataset permits SparseFeatures {}
