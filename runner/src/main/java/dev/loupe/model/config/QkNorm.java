package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** What a root-mean-square norm with gain does to queries and keys before they are rotated. */
public enum QkNorm {
    @Key("none")
    @Doc("Queries and keys are not normalised.")
    NONE("none"),
    @Key("head")
    @Doc("Each head is normalised by itself; all heads share one gain (Qwen 3, Gemma 3).")
    HEAD("head"),
    @Key("projection")
    @Doc("All heads of a position are normalised together, as one vector (OLMo 2).")
    PROJECTION("projection");

    private final String word;

    QkNorm(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isNone() {
        return this == NONE;
    }

    /** How many numbers are normalised together where there are {@code heads} heads. */
    public int width(int heads, int dHead) {
        return this == PROJECTION ? heads * dHead : dHead;
    }
}
