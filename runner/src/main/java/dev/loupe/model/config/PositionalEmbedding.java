package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** How a model knows positions. */
public enum PositionalEmbedding {
    @Key("standard")
    @Doc("Learned vectors added to the embedding.")
    STANDARD("standard"),
    @Key("rotary")
    @Doc("Queries and keys rotated by an angle that grows with the position.")
    ROTARY("rotary"),
    @Key("shortformer")
    @Doc("Learned vectors added to what queries and keys read, never to the residual stream.")
    SHORTFORMER("shortformer"),
    @Key("none")
    @Doc("Not at all, but for the causal mask.")
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
