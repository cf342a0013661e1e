package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** How a model knows positions. */
public enum PositionalEmbedding {
    @Key("standard")
    @Doc("Learned vectors added to the embedding.")
    STANDARD("standard"),
    @Key("rotary")
    @Doc("Rotary: queries and keys are rotated by an angle proportional to the position.")
    ROTARY("rotary"),
    @Key("shortformer")
    @Doc("Learned vectors added to the inputs of queries and keys, not to the residual stream (shortformer).")
    SHORTFORMER("shortformer"),
    @Key("none")
    @Doc("None, except through the causal mask.")
    NONE("none");

    private final String word;

    PositionalEmbedding(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Whether there is a table of learned vectors. */
    public boolean learned() {
        return this == STANDARD || this == SHORTFORMER;
    }
}
