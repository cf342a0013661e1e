package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** Activation functions of the MLP, by TransformerLens' names. */
public enum Activation {
    @Key("relu")
    @Doc("max(0, x).")
    RELU("relu"),
    @Key("gelu")
    @Doc("x times the normal distribution function (erf).")
    GELU("gelu"),
    @Key("gelu_new")
    @Doc("The tanh approximation of GELU (GPT-2).")
    GELU_NEW("gelu_new"),
    @Key("gelu_fast")
    @Doc("The tanh approximation of GELU with a rounded constant (BLOOM).")
    GELU_FAST("gelu_fast"),
    @Key("quick_gelu")
    @Doc("x times sigmoid(1.702 x) (CLIP).")
    QUICK_GELU("quick_gelu"),
    @Key("silu")
    @Doc("x times sigmoid(x).")
    SILU("silu"),
    @Key("solu")
    @Doc("x times softmax(x) over the neurons.")
    SOLU("solu"),
    @Key("solu_ln")
    @Doc("solu, then a LayerNorm over the neurons.")
    SOLU_LN("solu_ln");

    private final String word;

    Activation(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Whether a LayerNorm inside the MLP follows. */
    public boolean hasNorm() {
        return this == SOLU_LN;
    }
}
