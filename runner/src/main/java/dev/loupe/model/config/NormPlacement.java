package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** Where a block's norms stand: on what attention and MLP read, on what they write, or on both. */
public enum NormPlacement {
    @Key("before")
    @Doc("On what attention and MLP read (`ln1`, `ln2`).")
    BEFORE("before"),
    @Key("after")
    @Doc("On what attention and MLP write, before it is added to the residual stream (`ln1_post`, `ln2_post`; OLMo 2).")
    AFTER("after"),
    @Key("before-and-after")
    @Doc("On both (Gemma 2 and 3).")
    BEFORE_AND_AFTER("before-and-after");

    private final String word;

    NormPlacement(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Whether what attention and MLP read is normalised. */
    public boolean before() {
        return this != AFTER;
    }

    /** Whether what attention and MLP write is normalised. */
    public boolean after() {
        return this != BEFORE;
    }
}
