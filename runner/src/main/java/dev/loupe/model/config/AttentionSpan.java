package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;

/** How far back one layer's attention may look. */
public enum AttentionSpan {
    @Doc("Any distance.")
    GLOBAL,
    @Doc("Fewer than window_size positions.")
    LOCAL
}
