package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;

/** Where attention may look. */
public enum AttentionDirection {
    @Doc("Only the same and earlier positions.")
    CAUSAL,
    @Doc("All positions.")
    BIDIRECTIONAL
}
