package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;

/** Where attention may look. */
public enum AttentionDirection {
    @Doc("Only at the same and earlier positions.")
    CAUSAL,
    @Doc("At every position.")
    BIDIRECTIONAL
}
